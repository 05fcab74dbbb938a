using System.Globalization;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Datasets;

/// <summary>
/// The database of data sets as <see cref="JobsManager.Datasets.DatasetStore"/> asks for it, and no other statement.
/// </summary>
internal sealed class FakeDatasets
{
    private const string Database = "training_test_datasets";

    private readonly List<FakeDataset> _all = [];

    private volatile TaskCompletionSource _interrupted = new();

    /// <summary>A count of rows, or of labels, takes until it is interrupted.</summary>
    public bool CountsForever { get; set; }

    /// <summary>The account may not read it.</summary>
    public bool IsDenied { get; set; }

    /// <summary>False: no run was ever started.</summary>
    public bool HasJournal { get; set; } = true;

    public void Add(FakeDataset dataset) => _all.Add(dataset);

    /// <summary>All of it is gone.</summary>
    public void Remove(string table) => _all.RemoveAll(each => each.Table == table);

    /// <summary>Ends the count that is under way.</summary>
    public void Interrupt() => _interrupted.TrySetResult();

    /// <returns>Null for a statement of another database.</returns>
    public FakeSqlReply? Answer(string text)
    {
        if (text.StartsWith("SET SESSION information_schema_stats_expiry", StringComparison.Ordinal))
            return new FakeSqlReply.Ok();
        if (text.Contains("information_schema.", StringComparison.Ordinal))
            return text.Contains($"table_schema = '{Database}'", StringComparison.Ordinal) ? Facts(text) : null;
        return text.Contains($"`{Database}`.", StringComparison.Ordinal)
            ? IsDenied ? new FakeSqlReply.Error(1142, "SELECT command denied to user", "42000")
            : !HasJournal ? new FakeSqlReply.Error(1146, "Table doesn't exist", "42S02")
            : Rows(text)
            : null;
    }

    private FakeSqlReply Facts(string text) => text.Contains("column_type", StringComparison.Ordinal)
        ? Reply(Named(text).SelectMany(each => each.Columns).Select(column => (string?[])[column.Name, column.Type]))
        : Reply(_all.Where(each => each.Bytes is not null).Select(each => (string?[])[each.Table, $"{each.Bytes}"]));

    private FakeSqlReply? Rows(string text)
    {
        if (text.StartsWith("SELECT table_name FROM", StringComparison.Ordinal))
            return Reply(Named(text).Select(each => (string?[])[each.Table]));
        if (text.StartsWith("SELECT table_name, run_key", StringComparison.Ordinal))
            return Reply(Named(text).SelectMany(each => each.Runs.Select(run => Row(each.Table, run))));
        if (CountsForever) return Interrupted();
        var dataset = _all.Find(each => text.Contains($"`{each.Table}`", StringComparison.Ordinal));
        return text.StartsWith("SELECT COUNT(*)", StringComparison.Ordinal) ? FakeSqlReply.Row($"{dataset?.Rows}")
            : text.StartsWith("SELECT CONVERT(label", StringComparison.Ordinal)
                ? Reply((dataset?.Labels ?? []).Select(each => (string?[])[each.Label, $"{each.Count}"]))
            : null;
    }

    private FakeSqlReply.Error Interrupted()
    {
        var signal = _interrupted = new TaskCompletionSource();
        Assert.True(signal.Task.Wait(Bound.OfWaits));
        return new FakeSqlReply.Error(1317, "Query execution was interrupted", "70100");
    }

    private IEnumerable<FakeDataset> Named(string text) => _all.Where(
        each => !text.Contains("table_name = '", StringComparison.Ordinal)
            || text.Contains($"table_name = '{each.Table}'", StringComparison.Ordinal));

    private static string?[] Row(string table, FakeJournalRun run) =>
    [
        table, run.Key, run.Intent, run.Phase, run.Rows is { } rows ? $"{rows}" : null, Time(run.At),
        Time(run.At.AddMinutes(1)), run.Phase == "registered" ? run.Summary : null,
    ];

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static FakeSqlReply Reply(IEnumerable<string?[]> rows)
    {
        var all = rows.ToList();
        var width = all is [var first, ..] ? first.Length : 1;
        return new FakeSqlReply.Rows([.. Enumerable.Range(0, width).Select(at => $"c{at}")], all);
    }
}

/// <summary>A data set in a <see cref="FakeDatasets"/>.</summary>
internal sealed record FakeDataset(string Table)
{
    /// <summary>Null: the table is gone.</summary>
    public long? Bytes { get; init; } = 16_384;

    public long Rows { get; init; } = 3;

    public IReadOnlyList<(string Name, string Type)> Columns { get; init; } = [("id", "bigint"), ("rooms", "int")];

    public IReadOnlyList<(string? Label, long Count)> Labels { get; init; } = [];

    public IReadOnlyList<FakeJournalRun> Runs { get; init; } = [new()];
}

/// <summary>A run in the journal of a <see cref="FakeDatasets"/>.</summary>
internal sealed record FakeJournalRun
{
    public string Key { get; init; } = "run-7";

    public string Intent { get; init; } = "train";

    public string Phase { get; init; } = "registered";

    public long? Rows { get; init; } = 3;

    public DateTimeOffset At { get; init; } = Some.Time;

    public string Summary { get; init; } = """{"category":"image_classification","files":5}""";
}
