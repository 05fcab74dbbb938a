using System.Text;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Moving;

/// <summary>A destination in memory, which tells the story.</summary>
internal sealed class SomeDestination(Story story) : IModelDestination
{
    public string Name => "some://target";

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        story.Tell("check destination");
        return Task.CompletedTask;
    }

    public Task<DestinationPlan> PlanAsync(
        IModelSource source, SourceListing listing, CancellationToken cancellationToken) =>
        Task.FromResult(new DestinationPlan(
            [.. listing.Files.Select(file => new PlannedPart(file.Path.Text, PartWay.Streamed, [file]))],
            ["a note"]));

    public async Task<IReadOnlyList<PublishedFile>> MoveAsync(
        PlannedPart part, IModelSource source, Transfer transfer, CancellationToken cancellationToken)
    {
        story.Tell($"move {part.Name}");
        await using var stream = await source.OpenAsync(part.Files[0], 0, cancellationToken);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellationToken);
        transfer.Progress.Moved(part.Files[0].Path, content.Length);
        return [new PublishedFile(part.Files[0].Path, content.Length, Digest.Of(content.ToArray()))];
    }

    public Task<Publication> PublishAsync(
        IReadOnlyList<PublishedFile> files, ReadOnlyMemory<byte>? signature, CancellationToken cancellationToken)
    {
        var signed = signature is { } bytes ? $" with {Encoding.UTF8.GetString(bytes.Span)}" : "";
        story.Tell($"publish {string.Join(", ", files.Select(file => file.Path.Text))}{signed}");
        return Task.FromResult(new Publication("some://target", Digest.Of([]), 3));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
