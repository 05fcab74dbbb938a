using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Store;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// Compares the objects of the cluster with the live rows, after every list and every hour: a deletion that no one saw
/// is found so. A row without an object is looked up once more before it is marked, and rows of evicted objects are
/// never touched.
/// </summary>
internal sealed partial class UidComparison(KindParts parts)
{
    private const int MostCalls = 8, MostRows = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly ObjectCalls _calls = new(parts.Client, parts.Kind);
    private readonly Pulse _asked = new();
    private ListedObjects? _listed;

    /// <summary>Asks for a comparison with a list that has just ended.</summary>
    public void Compare(ListedObjects listed)
    {
        Volatile.Write(ref _listed, listed);
        _asked.Beat();
    }

    /// <summary>Compares whenever it is asked, and every hour, until it is cancelled.</summary>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        var outage = new Outage($"The comparison of {parts.Kind.Name} objects", parts.Logger);
        var isHourly = false;
        while (true)
        {
            var asked = _asked.Next;
            var listed = Interlocked.Exchange(ref _listed, null);
            try
            {
                if (listed is not null) await CompareAsync(listed, token);
                else if (isHourly) await CompareAsync(await ListAsync(token), token);
                if (listed is not null || isHourly) parts.Numbers.Sync(parts.Time.GetUtcNow());
                outage.Ended();
                isHourly = Volatile.Read(ref _listed) is null && await IsUpAsync(asked, Interval, token);
            }
            catch (Exception away) when (away is DatabaseException or KubernetesException)
            {
                Interlocked.CompareExchange(ref _listed, listed, null);
                parts.Numbers.AddRetries(1);
                await Task.Delay(outage.Failed(away), parts.Time, token);
            }
        }
    }

    private async Task CompareAsync(ListedObjects listed, CancellationToken token)
    {
        if (listed.IsWhole) await ForgetErrorsAsync(listed, token);
        var live = await parts.Store.Finder.LiveAsync(token);
        string[] missing = [.. live.Uids.Where(uid => !listed.Uids.TryGet(uid, out _))];
        if (missing.Length == 0) return;
        LogMissing(parts.Logger, parts.Kind.Name, missing.Length);
        foreach (var some in missing.Chunk(MostRows))
            foreach (var change in await Throttled.SelectAsync(
                await parts.Store.Finder.NamesAsync(some, token), MostCalls, LookAsync, token))
                await parts.Changes.AddAsync(change, token);
    }

    private async Task<PendingChange> LookAsync(
        (string Uid, string Namespace, string Name) row, CancellationToken token) =>
        parts.Change(row.Uid, await _calls.FindAsync(row.Namespace, row.Name, token), version: 0);

    // An object that could not be stored, and has no row, is told by its error alone.
    private async Task ForgetErrorsAsync(ListedObjects listed, CancellationToken token)
    {
        string[] gone = [.. parts.Store.Errors.Uids.Where(uid => !listed.Uids.TryGet(uid, out _))];
        if (gone.Length > 0) await parts.Store.Errors.ClearAsync(gone, token);
    }

    /// <summary>Lists the metadata of all objects, and looks at those whose row is not as it should be.</summary>
    private async Task<ListedObjects> ListAsync(CancellationToken token)
    {
        var live = await parts.Store.Finder.LiveAsync(token);
        var (listed, others) = (new VersionMap(), new List<ObjectIdentity>());
        await foreach (var one in parts.Client.ListIdentitiesAsync(parts.Kind.Type, null, new ListOptions(), token))
        {
            listed[one.Uid] = default;
            if (!live.TryGet(one.Uid, out var row) || row.Version < one.Number) others.Add(one);
        }

        // Those that are leaving the cluster have a row that is live no more.
        var rows = await parts.Store.Finder.FindAsync([.. others.Select(one => one.Uid)], token);
        foreach (var one in others)
            if (!rows.TryGet(one.Uid, out var row) || row.Version < one.Number)
                parts.Chores.Look(one.Uid, one.Namespace, one.Name);
        return new ListedObjects(listed, IsWhole: true);
    }

    /// <returns>True when the time is up; false when a list has ended before.</returns>
    private async Task<bool> IsUpAsync(Task asked, TimeSpan longest, CancellationToken token)
    {
        using var deadline = new Deadline(longest, parts.Time, token);
        await asked.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        token.ThrowIfCancellationRequested();
        return deadline.HasPassed;
    }

    [LoggerMessage(
        829, LogLevel.Information, "{Kind}: rows whose object is in no list: {Count}; each is looked up once more")]
    private static partial void LogMissing(ILogger logger, string kind, int count);
}
