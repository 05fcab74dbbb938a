using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>The boundaries of a table's bins, which the journal keeps for its test runs.</summary>
internal static class Bins
{
    /// <summary>The bins of this run; a test run has those of its table's train run.</summary>
    public static async Task<BinBoundaries?> OfAsync(
        RunSetup setup, DatabaseSession session, ValidationResult? result, CancellationToken token)
    {
        if (setup.Specification.Label is not { Policy: LabelPolicy.Bucket }) return null;
        if (setup.Specification.Intent == Intent.Train) return result?.Boundaries;
        var table = await new JournalReader(session).TableAsync(setup.Table, token);
        return table?.Boundaries is { } json && LabelColumn.TypeOf(setup.Specification) is { } type
            ? Read(setup.Table, json, type)
            : throw new IngestorException(
                IngestorExit.Failed,
                $"Table {setup.Table} has no train rows with bins, whose boundaries test rows need; load the train "
                + "rows first, or write policy: passthrough");
    }

    public static string Write(BinBoundaries bins) => JournalText.Write(bins.Cuts.Select(cut => cut.Text));

    /// <exception cref="IngestorException">The journal's text is not one that this program wrote.</exception>
    public static BinBoundaries Read(string table, string json, SqlType type) =>
        JournalText.Read(json) is { } texts && BinBoundaries.TryParse(texts, type, out var bins)
            ? bins
            : throw new IngestorException(
                IngestorExit.Failed,
                $"Table {table}: the boundaries of its bins cannot be read; load its train rows again");
}
