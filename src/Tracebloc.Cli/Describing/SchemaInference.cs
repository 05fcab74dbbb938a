using Tracebloc.Cli.Looking;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// Infers the types of columns over all rows of a CSV; of the rows, one batch at a time is in memory.
/// </summary>
/// <param name="rules">The category.</param>
/// <param name="options">The flags: their types win.</param>
internal sealed class SchemaInference(CategoryRules rules, DescriptionOptions options)
{
    private const string Label = "label";

    /// <summary>Reads the file.</summary>
    /// <param name="rows">The file.</param>
    /// <param name="progress">Is reported the bytes that were read so far.</param>
    /// <param name="token">Ends reading.</param>
    /// <exception cref="CliException">A row cannot be read, or a flag names a column that is not there.</exception>
    public async Task<InferredSchema> OfAsync(FoundFile rows, Action<long> progress, CancellationToken token)
    {
        await using var reader = await CsvFile.OpenAsync(rows, token);
        var names = reader.Header.Names;
        foreach (var column in options.Schema) CsvFile.Require("--schema", reader.Header, column.Name);
        var scans = names.Select(name => IsInferred(name) ? new ColumnScan(NullWords.Tabular) : null).ToArray();
        while (await reader.ReadAsync(token) is { } batch)
        {
            using (batch) Look(batch, scans);
            progress(reader.BytesRead);
        }

        var remarks = new List<string>();
        IReadOnlyList<Column> columns =
            [.. names.Select((name, at) => ColumnOf(name, scans[at], remarks)).OfType<Column>()];
        return new(FitToRow(columns), remarks);
    }

    // Faulty rows are left to validation, which describes each.
    private static void Look(RecordBatch batch, ColumnScan?[] scans)
    {
        for (var column = 0; column < scans.Length; column++)
            if (scans[column] is { } scan)
                for (var row = 0; row < batch.Count; row++) scan.Look(batch.CellAt(row, column), batch.LineOf(row));
    }

    private bool IsInferred(string name) => !IsLeftOut(name) && Given(name) is null;

    private bool IsLeftOut(string name) =>
        TableLimits.IsReserved(name)
        || ColumnName.AreSame(name, Label) && !(options.LabelColumn is { } label && ColumnName.AreSame(name, label));

    private Column? Given(string name) =>
        options.Schema.FirstOrDefault(column => ColumnName.AreSame(column.Name, name));

    private Column? ColumnOf(string name, ColumnScan? scan, List<string> remarks)
    {
        if (Given(name) is { } given) return given with { Name = name };
        if (scan is null)
        {
            remarks.Add($"Column \"{name}\" is left out: every table has a column of this name");
            return null;
        }

        var type = scan.Type;
        if (rules.Columns.FirstOrDefault(each => each.Name == name) is { } rule && !rule.Allows(type))
            type = new(SqlBase.Timestamp);
        if (scan.IsEmpty) remarks.Add($"Column \"{name}\" has no value: its type {type.Declared} is a guess");
        else if (scan.Stray is { } stray)
            remarks.Add($"Column \"{name}\" is {type.Declared}: {stray} is no number, and nearly all others are");
        else if (scan.LooksLikeIds && rules.Columns.All(each => each.Name != name))
            remarks.Add($"Column \"{name}\" looks like an identifier: all of its numbers differ");
        return new(name, type);
    }

    // A row holds 65,535 bytes; a TEXT lies outside of it.
    private static IReadOnlyList<Column> FitToRow(IReadOnlyList<Column> columns)
    {
        while (TableLimits.FaultsOf(new(columns, false, false)).Any()
            && columns.Where(column => column.Type.Base == SqlBase.VarChar).MaxBy(column => column.Type.Length)
                is { Type.Length: > 16 } widest)
        {
            columns = [.. columns.Select(column =>
                column == widest ? column with { Type = new(SqlBase.Text) } : column)];
        }

        return columns;
    }
}
