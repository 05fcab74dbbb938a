using System.Collections.Concurrent;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Store;

/// <summary>
/// The objects of a kind that could not be stored, during one term. Their uids are in memory too, so that no write has
/// to look for an error that is not there.
/// </summary>
internal sealed class SyncErrors
{
    private const int LongestName = 255;

    private readonly StoreDatabase _database;
    private readonly Term _term;
    private readonly Kind _kind;
    private readonly ConcurrentDictionary<string, bool> _uids;

    private SyncErrors(StoreDatabase database, Term term, Kind kind, IEnumerable<string> uids)
    {
        (_database, _term, _kind) = (database, term, kind);
        _uids = new(uids.Select(uid => KeyValuePair.Create(uid, true)));
    }

    public int Count => _uids.Count;

    /// <summary>The objects that could not be stored; one without a uid goes by its name.</summary>
    public IReadOnlyList<string> Uids => [.. _uids.Keys];

    public bool Has(string uid) => _uids.ContainsKey(uid);

    /// <exception cref="DatabaseException">The query failed.</exception>
    public static async Task<SyncErrors> LoadAsync(
        StoreDatabase database, Term term, Kind kind, CancellationToken token) => new(
        database, term, kind,
        await database.QueryAsync(
            new SqlStatement($"SELECT uid FROM {OwnTables.Errors} WHERE kind = ?", kind.Name),
            row => row.Text(0), token));

    /// <summary>Adds an object, or counts a further attempt.</summary>
    /// <param name="subject">The object.</param>
    /// <param name="error">The reason, without a secret.</param>
    /// <param name="token">Ends the statement.</param>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    /// <exception cref="DatabaseException">The statement failed.</exception>
    public async Task RecordAsync(ErrorSubject subject, string error, CancellationToken token)
    {
        var (uid, now) = (Short(subject.Uid), SqlText.Time(_database.Time.GetUtcNow()));
        var statement = new SqlStatement(
            $"INSERT INTO {OwnTables.Errors} "
            + "(kind, uid, namespace, name, res_version, first_at, last_at, attempts, error) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?) ON DUPLICATE KEY UPDATE namespace = VALUES(namespace), "
            + "name = VALUES(name), res_version = VALUES(res_version), last_at = VALUES(last_at), "
            + "attempts = attempts + 1, error = VALUES(error)",
            _kind.Name, uid, Short(subject.Namespace), Short(subject.Name), subject.Version, now, now, error);
        await _database.ChangeAsync(_term, (session, current) => session.ExecuteAsync(statement, current), token);
        _uids[uid] = true;
    }

    /// <summary>Removes objects that are gone.</summary>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    /// <exception cref="DatabaseException">The statement failed.</exception>
    public async Task ClearAsync(IReadOnlyList<string> uids, CancellationToken token)
    {
        await _database.ChangeAsync(
            _term,
            async (session, current) =>
            {
                await RemoveAsync(session, uids, current);
                return true;
            },
            token);
        Forget(uids);
    }

    /// <summary>Removes objects within a transaction; <see cref="Forget"/> follows its end.</summary>
    public async Task RemoveAsync(DatabaseSession session, IEnumerable<string> uids, CancellationToken token)
    {
        string[] known = [.. uids.Where(_uids.ContainsKey)];
        if (known.Length > 0)
            await session.ExecuteAsync(
                new SqlStatement(
                    $"DELETE FROM {OwnTables.Errors} WHERE kind = ? AND uid IN ({SqlText.Marks(known.Length)})",
                    [_kind.Name, .. known]),
                token);
    }

    public void Forget(IEnumerable<string> uids)
    {
        foreach (var uid in uids)
            _uids.TryRemove(uid, out _);
    }

    private static string Short(string text) => text[..Math.Min(text.Length, LongestName)];
}
