using System.Text;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Stores;

/// <summary>Connections and transfers that wait for nothing between their attempts.</summary>
internal sealed class WebFixture
{
    public ManualTimeProvider Time { get; } = new();

    public WebDeadlines Deadlines { get; init; } = new();

    public int Attempts { get; init; } = 1;

    public List<string> Warnings { get; } = [];

    public RetryRule Retry => new(Time, new Random(1)) { Attempts = Attempts, First = TimeSpan.Zero };

    public Transfer Transfer =>
        new(new MemoryBudget(1 << 20), new RateLimit(null, Time), new NoProgress(), Retry, Time);

    public WebStore Store(string? customCa = null) =>
        WebStore.Open(new UriSettings { Uri = "", CustomCa = customCa }, proxy: null, Deadlines, Time);

    public HttpSource Http(string address) =>
        HttpSource.Open(new UriSettings { Uri = address }, Store(), Retry, Warnings.Add);

    public HuggingFaceSource Hub(UriSettings settings) => HuggingFaceSource.Open(settings, Store(), Retry);

    /// <summary>Reads a file as a destination does.</summary>
    public async Task<byte[]> ReadAsync(IModelSource source, SourceFile file, CancellationToken cancellationToken)
    {
        await using var stream = await VerifiedFile.OpenAsync(source, file, Transfer, cancellationToken);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, cancellationToken);
        return read.ToArray();
    }

    /// <summary>Reads one attempt from an offset on.</summary>
    public static async Task<string> ReadAsync(
        IModelSource source, SourceFile file, long offset, CancellationToken cancellationToken)
    {
        await using var stream = await source.OpenAsync(file, offset, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private sealed class NoProgress : ITransferProgress
    {
        public void Moved(ModelPath file, long bytes)
        {
        }

        public void Finished(ModelPath file, bool wasPresent)
        {
        }
    }
}
