namespace Tracebloc.Ingestion.Submitting;

/// <summary>A call of jobs-manager, which may be repeated.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path and the query.</param>
/// <param name="Purpose">The thing that is asked for, for messages.</param>
internal sealed record JobsManagerCall(HttpMethod Method, string Path, string Purpose)
{
    private const string RunsPath = "/internal/ingestion-runs", DatasetsPath = "/internal/datasets", Run = "the run";

    public static JobsManagerCall Datasets { get; } = new(HttpMethod.Get, DatasetsPath, "the list of data sets");

    public static JobsManagerCall Version { get; } = new(HttpMethod.Get, "/v1/version", "the version");

    /// <summary>The JSON; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public static JobsManagerCall Submit(RunSubmission submission) =>
        new(HttpMethod.Post, "/internal/submit-ingestion-run", Run) { Body = submission.Json() };

    public static JobsManagerCall Find(string key) => new(HttpMethod.Get, $"{RunsPath}/{Escaped(key)}", Run);

    public static JobsManagerCall Cancel(string key) =>
        new(HttpMethod.Delete, $"{RunsPath}/{Escaped(key)}", "the cancellation");

    public static JobsManagerCall Runs(string? table) => new(
        HttpMethod.Get, table is null ? RunsPath : $"{RunsPath}?table={Escaped(table)}", "the list of runs");

    public static JobsManagerCall Dataset(string table) =>
        new(HttpMethod.Get, $"{DatasetsPath}/{Escaped(table)}", "the data set");

    public static JobsManagerCall Delete(string table, bool isTried) => new(
        HttpMethod.Delete, $"{DatasetsPath}/{Escaped(table)}{(isTried ? "?dry_run=true" : "")}", "the deletion");

    private static string Escaped(string part) => Uri.EscapeDataString(part);
}
