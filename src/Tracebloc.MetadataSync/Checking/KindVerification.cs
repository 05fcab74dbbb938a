using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>
/// Compares the objects of one kind with their rows, some at a time: a page of objects is in memory, and of all others
/// their uids. What differs is looked at once more a moment later, and is a difference if it differs still.
/// </summary>
/// <param name="setup">The cluster and the database.</param>
/// <param name="schema">The tables; columns that they lack are not compared.</param>
/// <param name="found">Takes a line for each object or row that differs.</param>
internal sealed class KindVerification(CheckSetup setup, KindSchema schema, Action<string> found)
{
    private const int MostObjects = 200, MostBytes = 4 << 20;

    private readonly StoreDatabase _database = setup.Database;
    private readonly ObjectCheck _check = new(schema);
    private readonly List<ObjectSeen> _batch = [];
    private VersionMap _listed = new();
    private List<Suspect> _suspects = [];
    private List<string> _unknown = [];

    private Kind Kind => schema.Kind;

    private StoredContents Contents => new(_database, schema);

    /// <exception cref="KubernetesException">The API server could not be asked.</exception>
    /// <exception cref="DatabaseException">The database could not be asked.</exception>
    public async Task<VerifiedKind> RunAsync(CancellationToken token)
    {
        if (!await ListAsync(token)) return new VerifiedKind(Kind) { IsInstalled = false };
        await AddRowsAsync(token);
        foreach (var reason in _unknown) found($"{Kind.Name} without a name: {Line.Whole(reason)}");
        if (_suspects.Count > 0) await Task.Delay(CheckSetup.Moment, setup.Time, token);
        var (differing, looked) = (_unknown.Count, 0);
        foreach (var chunk in _suspects.Chunk(ObjectFinder.Most))
        {
            differing += await LookAgainAsync(chunk, token);
            looked += chunk.Length;
            var count = looked;
            setup.Progress.Show(() => $"{Kind.Name}: {count:N0} of {_suspects.Count:N0} looked at once more");
        }

        return new VerifiedKind(Kind) { Objects = _listed.Count + _unknown.Count, Differing = differing };
    }

    /// <returns>False where the cluster has no such kind.</returns>
    private async Task<bool> ListAsync(CancellationToken token)
    {
        var feed = new ObjectFeed(setup.Client, Kind.Type, ns: null, new FeedOptions { StreamLists = false });
        await foreach (var happened in feed.FollowAsync(token))
            switch (happened)
            {
                case ListBegins:
                    _batch.Clear();
                    (_listed, _suspects, _unknown) = (new VersionMap(), [], []);
                    break;
                case ObjectSeen seen:
                    _batch.Add(seen);
                    if (_batch.Count == MostObjects || _batch.Sum(each => (long)each.Json.Length) >= MostBytes)
                        await CompareAsync(token);
                    break;
                case ObjectFault { Identity: { } known }:
                    _listed[known.Uid] = default;
                    _suspects.Add(Suspect.Of(known, rowVersion: 0));
                    break;
                case ObjectFault fault:
                    _unknown.Add(fault.Reason);
                    break;
                case ListEnds:
                    await CompareAsync(token);
                    return true;
                case FeedLost { Loss: FeedLoss.NotServed }:
                    return false;
                case FeedLost { Loss: not FeedLoss.Expired } lost:
                    throw lost.Error;
            }

        return true;
    }

    private async Task CompareAsync(CancellationToken token)
    {
        if (_batch.Count == 0) return;
        var rows = await Contents.ReadAsync([.. _batch.Select(seen => seen.Identity.Uid)], locks: false, token);
        foreach (var seen in _batch)
        {
            var row = rows.GetValueOrDefault(seen.Identity.Uid);
            _listed[seen.Identity.Uid] = default;
            if (!_check.IsSame(seen.Json, row))
                _suspects.Add(Suspect.Of(seen.Identity, row is { Row.State: RowState.Live } ? row.Row.Version : 0));
        }

        _batch.Clear();
        setup.Progress.Show(() => $"{Kind.Name}: {_listed.Count:N0} objects compared");
    }

    /// <summary>Adds the live rows whose object is not in the list.</summary>
    private async Task AddRowsAsync(CancellationToken token)
    {
        var columns = KindTables.MainOf(Kind).Columns.Select(column => column.Name).ToHashSet();
        var finder = new RowFinder(_database, new StoredKind(Kind, columns));
        var live = await finder.LiveAsync(token);
        string[] alone = [.. live.Uids.Where(uid => !_listed.TryGet(uid, out _))];
        _suspects.AddRange((await finder.NamesAsync(alone, token)).Select(row =>
            new Suspect(row.Uid, row.Namespace, row.Name, ObjectVersion: 0, RowVersion: 0)));
    }

    private async Task<int> LookAgainAsync(Suspect[] suspects, CancellationToken token)
    {
        var objects = await new ObjectFinder(setup.Client, Kind).FindAsync(suspects, token);
        var rows = await Contents.ReadAsync([.. suspects.Select(suspect => suspect.Uid)], locks: true, token);
        var differing = 0;
        foreach (var (suspect, json) in suspects.Zip(objects))
        {
            var parts = _check.Parts(suspect, json, rows.GetValueOrDefault(suspect.Uid));
            if (parts.Count == 0) continue;
            differing++;
            found(Line.Whole($"{Kind.Name} {suspect.Path} {suspect.Uid}: {string.Join("; ", parts)}"));
        }

        return differing;
    }
}
