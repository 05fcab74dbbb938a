using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Sources;

/// <summary>A source whose files lie in memory and whose connections break where a test wants it.</summary>
internal sealed class SomeSource(params (string Path, byte[] Content)[] files) : IModelSource
{
    /// <summary>The stream of an attempt: by its number from 1, and what is left of the file.</summary>
    public Func<int, byte[], Stream> Connection { get; init; } = (_, rest) => new MemoryStream(rest);

    /// <summary>The offsets of all attempts.</summary>
    public List<long> Opened { get; } = [];

    public string Name => "some://source";

    public static SourceFile File(string path, byte[] content, params ContentHash[] stated) =>
        new(ModelPaths.Of(path), content.Length, $"some://source/{path}", $"v{content.Length}", stated);

    /// <summary>Attempts that wait no time.</summary>
    public static Transfer Transfer(ITransferProgress? progress = null, long budget = 1 << 20)
    {
        var time = new ManualTimeProvider();
        var retry = new RetryRule(TimeProvider.System, new Random(1)) { Attempts = 3, First = TimeSpan.Zero };
        return new Transfer(
            new MemoryBudget(budget), new RateLimit(null, time), progress ?? new SomeProgress(), retry, time);
    }

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ModelFilter.Of(Name, files.Select(file => File(file.Path, file.Content))));

    public Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        lock (Opened)
            Opened.Add(offset);
        var content = files.First(each => each.Path == file.Path.Text).Content;
        return Task.FromResult(Connection(Opened.Count, content[(int)offset..]));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
