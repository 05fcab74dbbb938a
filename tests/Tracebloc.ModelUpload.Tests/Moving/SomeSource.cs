using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Tests.Moving;

/// <summary>A source in memory.</summary>
internal sealed class SomeSource(params IReadOnlyList<(string Path, byte[] Content)> files) : IModelSource
{
    public string Name => "some://model";

    /// <summary>The fault of the listing; null for none.</summary>
    public UploadException? Fault { get; init; }

    public static ModelPath PathOf(string text) =>
        ModelPath.TryParse(text, out var path, out var fault) ? path : throw new InvalidOperationException(fault);

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Fault is not null
        ? Task.FromException<SourceListing>(Fault)
        : Task.FromResult(new SourceListing(
            Name,
            [
                .. files.Select(file => new SourceFile(
                    PathOf(file.Path), file.Content.Length, $"some://model/{file.Path}", "1", [])),
            ],
            [PathOf(".gitattributes")]));

    public Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(
            files.Single(each => each.Path == file.Path.Text).Content[(int)offset..]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
