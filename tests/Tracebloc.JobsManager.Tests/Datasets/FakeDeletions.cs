using System.Globalization;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Datasets;

/// <summary>The table of deletions by the statements of <see cref="JobsManager.Runs.DeletionStore"/>.</summary>
/// <param name="hasRuns">True for a table with runs that a deletion of that time covers.</param>
internal sealed class FakeDeletions(Func<string?, string?, bool> hasRuns)
{
    private const int Id = 0, Table = 1, RequestedAt = 5, State = 6, EndedAt = 7, Error = 8, Columns = 9;

    private readonly List<string?[]> _rows = [];

    /// <summary>The states of all deletions.</summary>
    public IReadOnlyList<string?> States => [.. _rows.Select(row => row[State])];

    /// <summary>Is called before a deletion is added.</summary>
    public Action OnAdd { get; set; } = () => { };

    /// <summary>Adds a deletion in the middle of another statement.</summary>
    public void AddBehind(DatasetDeletion deletion) => _rows.Add(
    [
        deletion.Id, deletion.Table, deletion.Caller, deletion.Namespace, deletion.Image, Text(deletion.RequestedAt),
        RunRow.Word(deletion.State), Text(deletion.EndedAt), deletion.Error,
    ]);

    /// <param name="text">The statement.</param>
    /// <param name="values">Its values.</param>
    public FakeSqlReply? Answer(string text, string?[] values) => text.Split(' ')[0] switch
    {
        "INSERT" => Add(values),
        "UPDATE" => text.Contains("SET error", StringComparison.Ordinal) ? Trouble(values) : End(values),
        "DELETE" => new FakeSqlReply.Ok(
            _rows.RemoveAll(row => string.CompareOrdinal(row[EndedAt] ?? "9", values[0]) < 0
                && (row[State] != "done" || !hasRuns(row[Table], row[RequestedAt])))),
        "SELECT" => new FakeSqlReply.Rows(
            [.. Enumerable.Range(0, Columns).Select(at => $"c{at}")], [.. Find(text, values)]),
        _ => null,
    };

    /// <summary>The end of the first deletion of a table that covers a run; null for none.</summary>
    public string? EndFor(string? table, string? acceptedAt) => _rows
        .Where(row => row[Table] == table && row[State] == "done"
            && string.CompareOrdinal(row[RequestedAt], acceptedAt) >= 0)
        .Min(row => row[EndedAt]);

    private FakeSqlReply.Ok Add(string?[] values)
    {
        OnAdd();
        _rows.Add(values);
        return new FakeSqlReply.Ok(1);
    }

    private FakeSqlReply.Ok Trouble(string?[] values)
    {
        var row = _rows.Find(each => each[Id] == values[1] && each[State] == "wanted");
        if (row is not null) row[Error] = values[0];
        return new FakeSqlReply.Ok(row is null ? 0 : 1);
    }

    private FakeSqlReply.Ok End(string?[] values)
    {
        var row = _rows.Find(each => each[Id] == values[3] && each[State] == "wanted");
        if (row is null) return new FakeSqlReply.Ok();
        (row[State], row[EndedAt], row[Error]) = (values[0], values[1], values[2]);
        return new FakeSqlReply.Ok(1);
    }

    private IEnumerable<string?[]> Find(string text, string?[] values) =>
        text.Contains("AND state = 'wanted'", StringComparison.Ordinal)
            ? _rows.Where(row => row[Table] == values[0] && row[State] == "wanted").OrderBy(row => row[RequestedAt])
                .Take(1)
        : text.Contains("WHERE table_name", StringComparison.Ordinal)
            ? _rows.Where(row => row[Table] == values[0]).OrderByDescending(row => row[State] == "wanted")
                .ThenByDescending(row => row[RequestedAt], Ordinal).Take(1)
            : _rows.Where(row => row[State] == "wanted" || (row[State] == "failed" && !HasLater(row)))
                .OrderBy(row => row[State] == "wanted").ThenBy(row => row[RequestedAt], Ordinal);

    private bool HasLater(string?[] row) => _rows.Exists(each =>
        each[Table] == row[Table] && string.CompareOrdinal(each[RequestedAt], row[RequestedAt]) > 0);

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static StringComparer Ordinal => StringComparer.Ordinal;
}
