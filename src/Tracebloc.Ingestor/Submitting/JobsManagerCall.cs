namespace Tracebloc.Ingestor.Submitting;

/// <summary>A call of jobs-manager, which may be repeated.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">The JSON; empty for none.</param>
internal sealed record JobsManagerCall(HttpMethod Method, string Path, ReadOnlyMemory<byte> Body)
{
    public static JobsManagerCall Submit(SubmitRequest request) =>
        new(HttpMethod.Post, "/internal/submit-ingestion-run", request.Json());

    public static JobsManagerCall Find(string key) => new(HttpMethod.Get, $"/internal/ingestion-runs/{key}", default);
}
