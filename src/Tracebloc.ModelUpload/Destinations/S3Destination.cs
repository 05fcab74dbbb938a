using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// A prefix of a bucket, one object a file. Objects are visible as they are completed: S3 has no other way. The record
/// of the prefix says which of them are this program's.
/// </summary>
internal sealed class S3Destination : IModelDestination
{
    public const string Signature = SignatureFile.Name;

    private const int LookUps = 16;

    private readonly S3Target _target;
    private readonly S3Memory _memory;
    private readonly S3Limits _limits;

    /// <param name="store">Disposed of with the destination.</param>
    /// <param name="limits">Null for those of S3.</param>
    public S3Destination(S3Store store, S3Limits? limits = null)
    {
        _target = new S3Target(store);
        _memory = new S3Memory(_target);
        _limits = limits ?? S3Limits.Default;
    }

    public string Name => _target.Store.At(_target.Prefix).ToString();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var at = _target.At(".model-upload/check");
        var id = await _target.BeginAsync(at, _ => { }, cancellationToken);
        await new S3Upload(at, id).AbortAsync(_target.Store, cancellationToken);
    }

    public Task<DestinationPlan> PlanAsync(
        IModelSource source, SourceListing listing, CancellationToken cancellationToken) =>
        new S3Planner(_target, _memory, _limits).PlanAsync(source, listing, cancellationToken);

    public async Task<IReadOnlyList<PublishedFile>> MoveAsync(
        PlannedPart part, IModelSource source, Transfer transfer, CancellationToken cancellationToken)
    {
        var file = part.Files[0];
        var written = await MoveAsync(part.Way, source, file, transfer, cancellationToken);
        if (part.Way == PartWay.Copied)
            transfer.Progress.Moved(file.Path, written.Length);
        _memory.Note(written);
        // Small files carry all of it themselves.
        if (part.Way != PartWay.Present && written.Length > _limits.Part)
            await _memory.WriteAsync(cancellationToken);
        transfer.Progress.Finished(file.Path, part.Way == PartWay.Present);
        return [Published(file.Path, written)];
    }

    public async Task<Publication> PublishAsync(
        IReadOnlyList<PublishedFile> files, ReadOnlyMemory<byte>? signature, CancellationToken cancellationToken)
    {
        var model = files.Select(file => file.Path.Text).ToHashSet(StringComparer.Ordinal);
        if (signature is { } bundle)
        {
            await SignAsync(bundle, cancellationToken);
            model.Add(Signature);
        }
        await RemoveAsync(_memory.Outside(model), cancellationToken);
        await new S3Sessions(_target, _memory).CleanAsync([.. model, ".model-upload/check"], cancellationToken);
        await _memory.WriteAsync(cancellationToken);
        return new Publication(S3Uri.Of(_target.Store.Settings), null, _target.Sent);
    }

    public ValueTask DisposeAsync()
    {
        _memory.Dispose();
        _target.Store.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PublishedFile Published(ModelPath path, S3RecordedFile file) =>
        new(path, file.Length, file.Sha256 is { } hex ? Digest.Parse($"sha256:{hex}") : null);

    private Task<S3RecordedFile> MoveAsync(
        PartWay way, IModelSource source, SourceFile file, Transfer transfer, CancellationToken cancellationToken) =>
        way switch
        {
            PartWay.Present => Task.FromResult(
                _memory.FileOf(file.Path.Text) ?? throw new InvalidOperationException("The plan comes first.")),
            PartWay.Copied when source is S3Source s3 =>
                new S3Copying(_target, _memory, _limits).CopyAsync(s3, file, cancellationToken),
            _ => new S3Streaming(_target, _memory, _limits, transfer).SendAsync(source, file, cancellationToken),
        };

    private async Task SignAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(bundle.Span).Hex;
        var tag = await _target.PutAsync(
            _target.At(Signature), bundle, metadata => S3Origin.Write(metadata, digest, digest), cancellationToken);
        _memory.Note(new S3RecordedFile(Signature, bundle.Length, tag, digest, digest));
    }

    /// <summary>Removes objects of this program that are not of the model any more, and no other writer's.</summary>
    private async Task RemoveAsync(IReadOnlyList<S3RecordedFile> former, CancellationToken cancellationToken) =>
        await Throttled.SelectAsync(
            former,
            LookUps,
            async (file, token) =>
            {
                var at = _target.At(file.Path);
                if (await _target.LookAsync(at, token) is { } there && S3Entry.Bare(there.ETag) == file.ETag)
                    await _target.DeleteAsync(at, token);
                _memory.Forget(file.Path);
                return true;
            },
            cancellationToken);
}
