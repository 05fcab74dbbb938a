using System.Globalization;
using System.Text.RegularExpressions;
using Tracebloc.Database;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Tests.Datasets;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Runs;

/// <summary>
/// The run table behind a server that speaks MySQL's protocol: it carries the statements of <see cref="RunStore"/> out
/// and no others. The integration tests run the same statements on real servers.
/// </summary>
internal sealed partial class FakeRunTable : IAsyncDisposable
{
    private const int Key = 0, Table = 1, Accepted = 11, State = 12, Undo = 13, Revision = 14, Uid = 15, Ended = 17;

    private readonly Lock _gate = new();
    private readonly List<string?[]> _rows = [];
    private readonly Dictionary<string, string> _seen = [];
    private readonly FakeMySqlServer _server;
    private int _statements;
    private bool _isOwn;

    private FakeRunTable()
    {
        _server = FakeMySqlServer.Start(Answer);
        Deletions = new FakeDeletions((table, requestedAt) => _rows.Exists(
            row => row[Table] == table && string.CompareOrdinal(row[Accepted], requestedAt) <= 0));
    }

    public DatabaseServer Server { get; private set; } = null!; // StartAsync sets it.

    public RunStore Store { get; private set; } = null!; // StartAsync sets it.

    /// <summary>The database of data sets on the same server.</summary>
    public FakeDatasets Datasets { get; } = new();

    public FakeDeletions Deletions { get; }

    /// <summary>The text of every statement so far.</summary>
    public IReadOnlyList<string> Sent => [.. _server.Statements];

    /// <summary>The number of statements on runs and deletions so far.</summary>
    public int Statements => _statements;

    /// <summary>The connection is lost at the statement of this number, counted from 1; 0: at none.</summary>
    public int CutAt { get; set; }

    /// <summary>The statement is carried out before its connection is lost.</summary>
    public bool CutsAfter { get; set; }

    /// <summary>Every statement fails with a lost connection while this is set.</summary>
    public bool IsAway { get; set; }

    /// <summary>Is called before a run is added.</summary>
    public Action OnAdd { get; set; } = () => { };

    /// <summary>Is called at the cut.</summary>
    public Action OnCut { get; set; } = () => { };

    /// <summary>The number of rows.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _rows.Count;
        }
    }

    public static async Task<FakeRunTable> StartAsync(CancellationToken token)
    {
        var table = new FakeRunTable();
        var options = new DatabaseOptions
        {
            Host = "127.0.0.1",
            Port = table._server.Port,
            User = "jobs-manager",
            Password = "a password",
            Database = "metadata",
        };
        table.Server = await DatabaseServer.WaitAsync(
            options, TimeSpan.FromSeconds(30), TimeProvider.System, null, token);
        table.Store = new RunStore(table.Server);
        return table;
    }

    /// <summary>Runs statements of the test's own, which are neither counted nor cut.</summary>
    public async Task<T> UncutAsync<T>(Func<Task<T>> statements)
    {
        lock (_gate) _isOwn = true;
        try
        {
            return await statements();
        }
        finally
        {
            lock (_gate) _isOwn = false;
        }
    }

    /// <summary>Adds a run in the middle of another statement.</summary>
    public void AddBehind(IngestionRun run)
    {
        lock (_gate) _rows.Add([.. RunRow.Values(run).Select(Text)]);

        static string? Text(object? value) => value is DateTime time
            ? time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) : value?.ToString();
    }

    /// <summary>Fails a run, or cancels it where there is no error; nothing of it is left.</summary>
    public async Task EndAsync(RunKey key, string? error, CancellationToken token)
    {
        while (await Store.FindAsync(key, token) is { IsOver: false } run)
        {
            var ended = error is null
                ? RunChanges.Cancelled(run, run.AcceptedAt)
                : RunChanges.Failed(run, error, isUndone: true, run.AcceptedAt);
            await Store.TryChangeAsync(run, ended with { Undo = UndoState.None }, token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (!_server.Unknown.IsEmpty)
            throw new InvalidOperationException($"FakeRunTable was asked: {string.Join("; ", _server.Unknown)}");
    }

    private FakeSqlReply? Answer(string text)
    {
        if (IsAway) return new FakeSqlReply.Cut();
        // The driver sends both when a query is cancelled, the first on a connection of its own.
        if (text.StartsWith("KILL QUERY ", StringComparison.Ordinal))
        {
            Datasets.Interrupt();
            return new FakeSqlReply.Ok();
        }

        if (text.StartsWith("SELECT SLEEP(0)", StringComparison.Ordinal)) return new FakeSqlReply.Ok();

        if (Datasets.Answer(text) is { } reply) return reply;
        if (!text.Contains("ingestion_", StringComparison.Ordinal) || IsOfMigration(text)) return Migrate(text);
        lock (_gate)
        {
            if (_isOwn || ++_statements != CutAt) return CarryOut(text);
            if (CutsAfter) CarryOut(text);
            OnCut();
            return new FakeSqlReply.Cut();
        }
    }

    private FakeSqlReply? CarryOut(string text) =>
        text.StartsWith("REPLACE INTO ingestion_replays", StringComparison.Ordinal) ? See(Values(text))
        : text.StartsWith("DELETE FROM ingestion_replays", StringComparison.Ordinal) ? Forget(Values(text))
        : text.StartsWith("DELETE FROM ingestion_deletions", StringComparison.Ordinal)
            || !text.Contains("ingestion_runs", StringComparison.Ordinal)
            ? Deletions.Answer(text, Values(text))
        : Run(text);

    private FakeSqlReply.Ok See(string?[] values)
    {
        _seen[values[0] ?? ""] = values[1] ?? "";
        return new FakeSqlReply.Ok(1);
    }

    private FakeSqlReply.Ok Forget(string?[] values)
    {
        foreach (var (key, at) in _seen)
            if (string.CompareOrdinal(at, values[0]) < 0) _seen.Remove(key);
        return new FakeSqlReply.Ok();
    }

    private static bool IsOfMigration(string text) =>
        text.StartsWith("CREATE", StringComparison.Ordinal)
        || text.StartsWith("ALTER", StringComparison.Ordinal)
        || text.Contains("information_schema", StringComparison.Ordinal)
        || text.Contains("ingestion_migrations", StringComparison.Ordinal);

    private static FakeSqlReply? Migrate(string text) =>
        text.StartsWith("CREATE", StringComparison.Ordinal) || text.StartsWith("ALTER", StringComparison.Ordinal)
            ? new FakeSqlReply.Ok()
        : text.Contains("_LOCK(", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("SELECT DATABASE()", StringComparison.Ordinal) ? FakeSqlReply.Row("metadata")
        : text.Contains("information_schema.columns", StringComparison.Ordinal) ? FakeSqlReply.Row((string?)null)
        : text.StartsWith("SELECT version", StringComparison.Ordinal)
            ? FakeSqlReply.Nothing("version", "name", "checksum")
        : text.StartsWith("INSERT INTO `ingestion_migrations`", StringComparison.Ordinal) ? new FakeSqlReply.Ok(1)
        : text.StartsWith("SELECT 1", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : null;

    private FakeSqlReply? Run(string text) => text.Split(' ')[0] switch
    {
        "SELECT" when text.EndsWith("GROUP BY state, undo_state", StringComparison.Ordinal) => new FakeSqlReply.Rows(
            ["state", "undo_state", "count"],
            [.. _rows.CountBy(row => (State: row[State], Undo: row[Undo])).Select(
                each => (string?[])[each.Key.State, each.Key.Undo, $"{each.Value}"])]),
        "SELECT" => new FakeSqlReply.Rows([.. Enumerable.Range(0, 22).Select(at => $"c{at}")], [.. Select(text)]),
        "INSERT" => Insert(Values(text[text.IndexOf("VALUES", StringComparison.Ordinal)..])),
        "UPDATE" => new FakeSqlReply.Ok(Update(Values(text))),
        "DELETE" => new FakeSqlReply.Ok(Delete(
            Values(text),
            text.Contains("job_uid IS NULL", StringComparison.Ordinal)
                ? row => row[State] == "accepted" && row[Uid] is null : IsOver)),
        _ => null,
    };

    private FakeSqlReply Insert(string?[] values)
    {
        OnAdd();
        if (_rows.Exists(row => row[Key] == values[Key]))
            return new FakeSqlReply.Error(1062, $"Duplicate entry '{values[Key]}' for key 'PRIMARY'", "23000");
        _rows.Add(values);
        return new FakeSqlReply.Ok(1);
    }

    private int Update(string?[] values)
    {
        var set = values[..7];
        var row = _rows.Find(each => each[Key] == values[7]);
        // The text has "revision + 1" between them.
        if (row is null || row[Revision] != values[^3] || row[State] != values[^2] || row[Undo] != values[^1]) return 0;
        (row[State], row[Undo]) = (set[0], set[1]);
        set[2..].CopyTo(row, Uid);
        row[Revision] = (Number(row[Revision]) + 1).ToString(CultureInfo.InvariantCulture);
        return 1;
    }

    private int Delete(string?[] values, Predicate<string?[]> isMeant) =>
        _rows.RemoveAll(row => row[Key] == values[0] && row[Revision] == values[1] && isMeant(row));

    private IEnumerable<IReadOnlyList<string?>> Select(string text)
    {
        var isList = text.Contains(", '',", StringComparison.Ordinal);
        var found = Find(text, Values(text[text.IndexOf("FROM ingestion_runs", StringComparison.Ordinal)..]));
        return found.Select(row => (IReadOnlyList<string?>)
            [.. row[..4], isList ? "" : row[4], .. row[5..], Deletions.EndFor(row[Table], row[Accepted])]).ToList();
    }

    private IEnumerable<string?[]> Find(string text, string?[] values)
    {
        if (text.Contains("WHERE run_key", StringComparison.Ordinal))
            return _rows.Where(row => row[Key] == values[0]);
        if (text.Contains("OR undo_state = 'wanted'", StringComparison.Ordinal))
            return _rows.Where(row => !IsOver(row) || row[Undo] == "wanted").OrderBy(row => row[Accepted]);
        var finished = _rows.Where(row => IsOver(row)
            && (row[Undo] != "wanted" || !text.Contains("undo_state <> 'wanted'", StringComparison.Ordinal)));
        if (text.Contains("OFFSET", StringComparison.Ordinal))
            return finished.Where(row => string.CompareOrdinal(LastUse(row), values[^3]) < 0)
                .OrderByDescending(LastUse).Skip(Number(values[^1])).Take(Number(values[^2]));
        if (text.Contains("ended_at) <", StringComparison.Ordinal))
            return finished.Where(row => string.CompareOrdinal(LastUse(row), values[^2]) < 0).Take(Number(values[^1]));
        var newest = _rows.OrderByDescending(row => row[Accepted]);
        return (text.Contains("WHERE table_name", StringComparison.Ordinal)
            ? newest.Where(row => row[Table] == values[0]) : newest).Take(Number(values[^1]));
    }

    private string? LastUse(string?[] row) => _seen.GetValueOrDefault(row[Key] ?? "") is { } seen
        && string.CompareOrdinal(seen, row[Ended]) > 0 ? seen : row[Ended];

    private static bool IsOver(string?[] row) => row[State] is "succeeded" or "failed" or "cancelled";

    private static int Number(string? text) => int.Parse(text ?? "0", CultureInfo.InvariantCulture);

    // As MySqlConnector writes them.
    private static string?[] Values(string text) => [.. Literal().Matches(text)
        .Where(match => match.Value != "revision + 1" && !match.Value.StartsWith("state IN", StringComparison.Ordinal))
        .Select(match => match.Value == "NULL" ? null
            : match.Groups["time"] is { Success: true } time ? time.Value
            : match.Groups["text"] is { Success: true } value ? Unescaped(value.Value)
            : match.Value)];

    private static string Unescaped(string text) =>
        text.Replace("''", "'", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    [GeneratedRegex(
        @"revision \+ 1|state IN \([^)]*\)|NULL\b|timestamp\('(?<time>[^']*)'\)|'(?<text>(?:[^'\\]|''|\\.)*)'"
        + @"|(?<![\w.])-?\d+(?!\w)", RegexOptions.Singleline)]
    private static partial Regex Literal();
}
