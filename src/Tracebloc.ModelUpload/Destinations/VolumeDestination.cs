using System.Collections.Concurrent;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// A folder of a mounted volume. Files are written beside it, or within its <c>.model-upload</c>, and get their names
/// when all of them are there. Its address is <c>file://</c> and the path: a volume has no name inside a pod.
/// </summary>
/// <param name="settings">The folder.</param>
/// <param name="step">Runs before each change of the file system.</param>
internal sealed class VolumeDestination(VolumeSettings settings, Action<string> step) : IModelDestination
{
    private readonly VolumePlace _place = new(settings.Path, step);
    private readonly ConcurrentDictionary<string, (RecordedFile File, string? Staged)> _arrived = new();
    private VolumeState? _state;
    private VolumeFileWriter? _writer;

    public VolumeDestination(VolumeSettings settings)
        : this(settings, _ => { })
    {
    }

    public string Name => $"file://{settings.Path}";

    public Task CheckAsync(CancellationToken cancellationToken) => GuardedAsync(async token =>
    {
        const string Probe = "probe";
        _place.Look();
        using (var file = _place.OpenStaged(Probe))
        {
            await RandomAccess.WriteAsync(file, new byte[] { 1 }, 0, token);
            RandomAccess.FlushToDisk(file);
        }
        _place.RemoveStaged(Probe);
        return true;
    }, cancellationToken);

    public Task<DestinationPlan> PlanAsync(
        IModelSource source, SourceListing listing, CancellationToken cancellationToken) => GuardedAsync(async token =>
    {
        _place.Look();
        _state = await VolumeState.ReadAsync(_place, token);
        _writer = new VolumeFileWriter(_place, _state, listing.Files);
        _arrived.Clear();
        var parts = new List<PlannedPart>(listing.Files.Count);
        foreach (var file in listing.Files)
            parts.Add(await PlanAsync(_state, file, token));
        var notes = VolumeSpace.Require(settings.Path, _place, _state, parts);
        return new DestinationPlan(parts, notes);
    }, cancellationToken);

    public Task<IReadOnlyList<PublishedFile>> MoveAsync(
        PlannedPart part, IModelSource source, Transfer transfer, CancellationToken cancellationToken) =>
        GuardedAsync<IReadOnlyList<PublishedFile>>(async token =>
        {
            var published = new List<PublishedFile>(part.Files.Count);
            foreach (var file in part.Files)
            {
                var wasPresent = _arrived.TryGetValue(file.Path.Text, out var arrived);
                if (!wasPresent)
                    arrived = await Writer.WriteAsync(file, source, transfer, token);
                _arrived[file.Path.Text] = arrived;
                transfer.Progress.Finished(file.Path, wasPresent);
                published.Add(new PublishedFile(file.Path, arrived.File.Length, ContentOf(arrived.File)));
            }
            return published;
        }, cancellationToken);

    public Task<Publication> PublishAsync(
        IReadOnlyList<PublishedFile> files, ReadOnlyMemory<byte>? signature, CancellationToken cancellationToken) =>
        GuardedAsync(token => Task.Run(() =>
        {
            _place.Open();
            var arrived = files.OrderBy(file => file.Path).Select(file => _arrived[file.Path.Text]).ToList();
            new VolumePublisher(_place, State).Publish(arrived, signature);
            return new Publication(Name, Digest: null, Writer.SentBytes);
        }, token), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    private VolumeState State => _state ?? throw new InvalidOperationException("The plan comes first.");

    private VolumeFileWriter Writer => _writer ?? throw new InvalidOperationException("The plan comes first.");

    private async Task<PlannedPart> PlanAsync(VolumeState state, SourceFile file, CancellationToken cancellationToken)
    {
        if (state.Conflict(file.Path) is { } conflict)
            throw UploadException.OfDestination($"{Name} cannot take {file.Path}: {conflict}; move that away");
        if (state.Find(file) is { } recorded)
            return Present(file, recorded with { Address = file.Address, Version = file.Version }, staged: null);
        if (await state.FindStagedAsync(file, cancellationToken) is not { } content)
            return new PlannedPart(file.Path.Text, PartWay.Streamed, [file]);
        var staged = StagedName.Done(file, content);
        return Present(file, VolumeFileWriter.Recorded(_place, file, content, staged), staged);
    }

    private PlannedPart Present(SourceFile file, RecordedFile recorded, string? staged)
    {
        _arrived[file.Path.Text] = (recorded, staged);
        return new PlannedPart(file.Path.Text, PartWay.Present, [file], ContentOf(recorded));
    }

    private static Digest? ContentOf(RecordedFile file) =>
        Digest.TryParse($"sha256:{file.Sha256}", out var digest) ? digest : null;

    private async Task<T> GuardedAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UploadException.OfDestination($"{Name} cannot be written: {e.Message}", e);
        }
    }
}
