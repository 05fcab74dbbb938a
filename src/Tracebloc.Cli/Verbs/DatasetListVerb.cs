using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset list</c>: the data sets of the release.</summary>
internal sealed class DatasetListVerb : DatasetVerb
{
    public DatasetListVerb(Func<ScreenOptions, Screen> open)
        : base("list", "Lists the data sets with category, intent, rows, files, size and last run.", open) =>
        AddCommon();

    public override string Examples =>
        """
          tracebloc dataset list
          tracebloc dataset list -n tracebloc --output json
        """;

    protected override DatasetOptions Parse(ParseResult result) => Common(result);

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var datasets = await runs.Client.DatasetsAsync(token);
        if (!screen.IsJson) Write(datasets, runs, screen);
        screen.Result(
            new(Ending.Succeeded.Status, Ending.Succeeded.ExitCode, runs.Release.Namespace, datasets),
            DatasetJsonContext.Readable.DatasetListJson);
        return Ending.Succeeded;
    }

    private static void Write(IReadOnlyList<DatasetReport> datasets, ReleaseRuns runs, Screen screen)
    {
        if (datasets.Count == 0)
        {
            screen.Line($"No data set in {runs.Release}; tracebloc dataset push brings one in");
            return;
        }

        var table = new TextTable("TABLE", "CATEGORY", "INTENT", "STATE", "ROWS", "FILES", "SIZE", "LAST RUN");
        foreach (var each in datasets)
            table.Add(
                each.Table,
                each.Category ?? "-",
                each.Intent ?? "-",
                each.State,
                RunText.Number(each.Rows),
                RunText.Number(each.Files),
                HumanSize.Of(each.Bytes),
                each.LastRun is { } run ? $"{run.State} {RunText.Time(run.EndedAt ?? run.AcceptedAt)}" : "-");
        foreach (var line in table.Lines()) screen.Line(line);
    }
}
