using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>
/// Compares the objects of the cluster with the rows by their uids and versions. What differs is looked at once more a
/// moment later: a change in flight is no difference.
/// </summary>
internal sealed class StatusCheck(CheckSetup setup, KindSet kinds)
{
    private readonly StoreDatabase _database = setup.Database;

    /// <summary>The state of each kind, in their order.</summary>
    /// <exception cref="KubernetesException">The API server could not be asked.</exception>
    /// <exception cref="DatabaseException">The database could not be asked.</exception>
    public async Task<IReadOnlyList<KindStatus>> RunAsync(CancellationToken token)
    {
        var check = await setup.Pool.UseAsync(session => SchemaCheck.ReadAsync(session, kinds, token), token);
        var looks = new List<(KindStatus Status, IReadOnlyList<Suspect> Suspects)>();
        foreach (var schema in check.Kinds)
            looks.Add(await LookAsync(schema.Kind, string.Join("; ", [.. check.Missing, .. schema.Missing]), token));
        if (looks.Any(look => look.Suspects.Count > 0)) await Task.Delay(CheckSetup.Moment, setup.Time, token);
        var settled = new List<KindStatus>();
        foreach (var (status, suspects) in looks)
            settled.Add(await LookAgainAsync(status, suspects, token));
        return settled;
    }

    private async Task<(KindStatus Status, IReadOnlyList<Suspect> Suspects)> LookAsync(
        Kind kind, string problem, CancellationToken token)
    {
        var finder = FinderOf(kind);
        // Before the objects: a row is then never newer than an object that is listed after it.
        var live = problem.Length == 0 ? await finder.LiveAsync(token) : new VersionMap();
        var list = new ClusterList(setup.Client, kind);
        var (listed, suspects) = await list.CompareAsync(live, count => Show(kind, count), token);
        var status = new KindStatus(kind)
        {
            IsInstalled = listed is not null,
            Objects = listed?.Count ?? 0,
            Problem = problem.Length == 0 ? null : problem,
        };
        if (status.Problem is not null) return (status, []);
        status = await CountAsync(status with { Live = live.Count }, token);
        if (listed is null) return (status, []);
        string[] alone = [.. live.Uids.Where(uid => !listed.TryGet(uid, out _))];
        return (status,
        [
            .. suspects,
            .. (await finder.NamesAsync(alone, token)).Select(row =>
                new Suspect(row.Uid, row.Namespace, row.Name, ObjectVersion: 0, RowVersion: 0)),
        ]);
    }

    private async Task<KindStatus> CountAsync(KindStatus status, CancellationToken token)
    {
        var errors = (await _database.QueryAsync(
            new SqlStatement(
                $"SELECT COUNT(*), MIN(first_at) FROM {OwnTables.Errors} WHERE kind = ?", status.Kind.Name),
            row => (Count: row.Number(0), First: row.TimeOrNull(1)),
            token))[0];
        return status with
        {
            Deleted = await CountAsync(status.Kind, "delete_time IS NOT NULL", token),
            Evicted = await CountAsync(
                status.Kind, $"delete_time IS NULL AND {KindTables.Evicted} IS NOT NULL", token),
            Errors = errors.Count,
            Oldest = errors.First is { } first ? new UnsyncedChange(first, UnsyncedChange.Errors) : null,
        };
    }

    private async Task<long> CountAsync(Kind kind, string condition, CancellationToken token) =>
        (await _database.QueryAsync(
            new SqlStatement($"SELECT COUNT(*) FROM {SqlName.Quote(kind.Table)} WHERE {condition}"),
            row => row.Number(0),
            token))[0];

    private async Task<KindStatus> LookAgainAsync(
        KindStatus status, IReadOnlyList<Suspect> suspects, CancellationToken token)
    {
        var (objects, finder) = (new ObjectFinder(setup.Client, status.Kind), FinderOf(status.Kind));
        var reader = new ObjectReader(status.Kind);
        foreach (var chunk in suspects.Chunk(ObjectFinder.Most))
        {
            var found = await objects.FindAsync(chunk, token);
            var rows = await finder.FindAsync([.. chunk.Select(suspect => suspect.Uid)], token);
            foreach (var (suspect, json) in chunk.Zip(found))
            {
                var seen = SeenObject.Of(json, suspect.Uid, status.Kind, reader);
                var difference = PresenceRule.Decide(
                    suspect, seen, rows.TryGet(suspect.Uid, out var row) ? row : null);
                var change = seen is not null && json is { } bytes ? UnsyncedChange.Of(bytes, difference) : null;
                status = status.With(difference, change);
            }
        }

        return status;
    }

    private RowFinder FinderOf(Kind kind) => new(
        _database, new StoredKind(kind, KindTables.MainOf(kind).Columns.Select(column => column.Name).ToHashSet()));

    private void Show(Kind kind, int count) => setup.Progress.Show(() => $"{kind.Name}: {count:N0} objects");
}
