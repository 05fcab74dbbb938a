using System.CommandLine;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc dataset show</c>: one data set with its columns, labels and runs.</summary>
internal sealed class DatasetShowVerb : DatasetVerb
{
    private readonly Argument<string> _table = Table();

    public DatasetShowVerb(Func<ScreenOptions, Screen> open)
        : base("show", "Shows a data set: its columns, its labels as bars, and its runs.", open)
    {
        Parsing.RejectOptions(_table);
        Add(_table);
        AddCommon();
    }

    public override string Examples =>
        """
          tracebloc dataset show cats_dogs_train
          tracebloc dataset show cats_dogs_train --output json
        """;

    protected override DatasetOptions Parse(ParseResult result) =>
        Common(result) with { Table = result.GetRequiredValue(_table) };

    protected override async Task<Ending> RunAsync(
        DatasetOptions options, ReleaseRuns runs, Screen screen, CancellationToken token)
    {
        var dataset = await AbsentDataset.RequireAsync(runs, options.Table ?? "", token);
        if (!screen.IsJson) Write(dataset, screen);
        screen.Result(
            new(Ending.Succeeded.Status, Ending.Succeeded.ExitCode, runs.Release.Namespace, dataset),
            DatasetJsonContext.Readable.DatasetShowJson);
        return Ending.Succeeded;
    }

    private static void Write(DatasetReport dataset, Screen screen)
    {
        Field("table", $"{dataset.Table} ({dataset.Category ?? "unknown"}, {dataset.Intent ?? "unknown"})");
        Field("state", dataset.Error is { } error ? $"{dataset.State}: {error}" : dataset.State);
        Field("rows", RunText.Number(dataset.Rows));
        Field("files", RunText.Number(dataset.Files));
        Field("size", HumanSize.Of(dataset.Bytes));
        Field("created", RunText.Time(dataset.CreatedAt));
        Part("Columns", Aligned((dataset.Columns ?? []).Select(column => (string[])[column.Name, column.Type])));
        Part("Labels", LabelBars.Of(
            [.. (dataset.Labels ?? []).Select(label => (label.Label ?? "(none)", label.Count))], screen.Width));
        if (dataset.MoreLabels == true) screen.Line("  and more labels");
        Part("Runs", Aligned((dataset.Runs ?? []).Select(run => (string[])
        [
            run.IdempotencyKey, run.State, RunText.Time(run.EndedAt ?? run.AcceptedAt),
            run.Rows is { } rows ? ValidationText.Counted(rows, "row") : "",
        ])));

        void Field(string label, string value) => screen.Line(RunText.Field(label, value));

        static IEnumerable<string> Aligned(IEnumerable<IReadOnlyList<string>> rows) =>
            TextTable.Of(rows).Select(line => $"  {line}");

        void Part(string head, IEnumerable<string> lines)
        {
            var all = lines.ToList();
            if (all.Count == 0) return;
            screen.Line(head, Tone.Strong);
            foreach (var line in all) screen.Line(line);
        }
    }
}
