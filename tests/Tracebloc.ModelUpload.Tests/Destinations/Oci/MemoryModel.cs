using System.Text;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Layers;
using Tracebloc.Registry;
using RateLimit = Tracebloc.ModelUpload.Flow.RateLimit;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

/// <summary>A model in memory, which counts how often its files are opened.</summary>
internal sealed class MemoryModel : IModelSource, ITransferProgress
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public MemoryModel(params (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
            _files[path] = Encoding.UTF8.GetBytes(content);
    }

    public string Name { get; init; } = "some://model";

    /// <summary>The source states SHA-256.</summary>
    public bool States { get; init; }

    /// <summary>The source states lengths.</summary>
    public bool Measures { get; init; } = true;

    public List<string> Opened { get; } = [];

    public List<string> Finished { get; } = [];

    public SourceListing Listing => new(Name, [.. _files.Select(file => Describe(file.Key, file.Value))], []);

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Listing);

    public Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        lock (Opened)
            Opened.Add(file.Path.Text);
        return Task.FromResult<Stream>(new MemoryStream(_files[file.Path.Text][(int)offset..]));
    }

    public Transfer Transfer() => new(
        new MemoryBudget(1 << 20),
        new RateLimit(null, TimeProvider.System),
        this,
        new RetryRule(TimeProvider.System, new Random(1)) { First = TimeSpan.Zero },
        TimeProvider.System);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    void ITransferProgress.Moved(ModelPath file, long bytes)
    {
    }

    void ITransferProgress.Finished(ModelPath file, bool wasPresent) => Finished.Add($"{file} {wasPresent}");

    private SourceFile Describe(string path, byte[] content) => new(
        SomeLayer.Path(path),
        Measures ? content.Length : null,
        $"{Name}/{path}",
        $"version-{content.Length}",
        States ? [new ContentHash(HashKind.Sha256, Digest.Of(content).Hex)] : []);
}
