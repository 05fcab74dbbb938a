using Tracebloc.Cli.Runs;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Verbs;

/// <summary>A data set that is not there, with the one that was meant.</summary>
internal static class AbsentDataset
{
    /// <summary>Reads a data set.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static async Task<DatasetReport> RequireAsync(ReleaseRuns runs, string table, CancellationToken token) =>
        await runs.Client.DatasetAsync(table, token) ?? throw await FaultAsync(runs, table, token);

    /// <summary>The fault.</summary>
    public static async Task<CliException> FaultAsync(ReleaseRuns runs, string table, CancellationToken token)
    {
        var all = await runs.Client.DatasetsAsync(token);
        var meant = Suggestion.For(table, all.Select(dataset => dataset.Table));
        return new CliException(
            CliExit.NotPermitted,
            $"Data set {table} does not exist in {runs.Release}; "
            + (meant is null ? "tracebloc dataset list shows those that do" : $"did you mean {meant}?"));
    }
}
