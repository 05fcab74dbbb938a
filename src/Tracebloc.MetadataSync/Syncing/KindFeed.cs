using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Store;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// Reads the changes of one kind from the API server, and knows when a list is complete. Where the cluster was restored
/// from a backup, the next list is stored whatever its versions are.
/// </summary>
internal sealed partial class KindFeed(KindParts parts, UidComparison comparison)
{
    private readonly KindLookout _lookout = new(parts.Kind, parts.Logger);
    private readonly SettledRows _settled = new(parts);
    private readonly Pulse _wentBack = new();
    private volatile bool _isRestored;

    /// <summary>The state of the feed, for probes and metrics.</summary>
    public KindState State => _lookout.State;

    /// <summary>An object is older than its row: the cluster's versions went back, and it is listed again.</summary>
    public void WentBack()
    {
        if (_isRestored) return;
        _isRestored = true;
        LogWentBack(parts.Logger, parts.Kind.Name);
        parts.Numbers.AddErrors(1);
        _wentBack.Beat();
    }

    /// <summary>Follows until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            var wentBack = _wentBack.Next;
            await Together.RunAsync([FollowAsync, current => wentBack.WaitAsync(current)], token);
        }
    }

    private async Task FollowAsync(CancellationToken token)
    {
        var feed = new ObjectFeed(parts.Client, parts.Kind.Type, ns: null, new FeedOptions { Known = KnownAsync });
        var listed = new VersionMap();
        await foreach (var happened in feed.FollowAsync(token))
        {
            _lookout.See(happened);
            switch (happened)
            {
                case ListBegins:
                    listed = new VersionMap();
                    break;
                case ObjectSeen seen:
                    if (seen.How == SeenHow.Listed) listed[seen.Identity.Uid] = default;
                    await parts.Changes.AddAsync(ChangeOf(seen), token);
                    break;
                case ObjectKnown known:
                    listed[known.Identity.Uid] = default;
                    break;
                case ObjectGone gone:
                    await parts.Changes.AddAsync(
                        new PendingChange.Gone(gone.Identity.Uid, gone.Identity.Number, parts.Time.GetTimestamp()),
                        token);
                    break;
                case ObjectFault fault:
                    if (fault.Identity is { } faulty) listed[faulty.Uid] = default;
                    await RefuseAsync(fault, token);
                    break;
                case ListEnds ends:
                    _isRestored = false;
                    comparison.Compare(new ListedObjects(listed, ends.Unidentified == 0));
                    break;
                case FeedLost { Loss: FeedLoss.WentBack }:
                    WentBack();
                    break;
            }
        }
    }

    // Rows of versions that went back are no measure.
    private async Task<KnownObjects?> KnownAsync(CancellationToken token) =>
        _isRestored ? null : await _settled.ReadAsync(token);

    private PendingChange.Seen ChangeOf(ObjectSeen seen) =>
        new(seen.Identity, seen.Json, parts.Time.GetTimestamp())
        {
            IsListed = seen.How == SeenHow.Listed,
            Mode = _isRestored && seen.How == SeenHow.Listed ? WriteMode.Restored : WriteMode.Newer,
        };

    private async Task RefuseAsync(ObjectFault fault, CancellationToken token)
    {
        var (uid, ns, name) = fault.Identity is { } known ? (known.Uid, known.Namespace, known.Name) : ("", "", "");
        var refusal = new Refusal(RefusalReason.NotReadable, uid, ns, name, fault.Reason);
        parts.Numbers.AddErrors(1);
        LogUnreadable(parts.Logger, parts.Kind.Name, refusal.Path, fault.Reason);
        parts.Refused(refusal);
        if (uid.Length == 0) return;
        await RecordAsync(new ErrorSubject(uid, ns, name, 0), fault.Reason, token);
        parts.LookAgain(uid, ns, name);
    }

    // The record is for people; the object is tried again in any case.
    private async Task RecordAsync(ErrorSubject subject, string reason, CancellationToken token)
    {
        try
        {
            await parts.Store.Errors.RecordAsync(subject, reason, token);
        }
        catch (DatabaseException away)
        {
            LogNotRecorded(parts.Logger, parts.Kind.Name, away.Message);
        }
    }

    [LoggerMessage(
        822, LogLevel.Error, "{Kind} objects have versions below those that are stored, as after etcd was restored "
            + "from a backup: they are listed again, and stored whatever their versions are")]
    private static partial void LogWentBack(ILogger logger, string kind);

    [LoggerMessage(823, LogLevel.Warning, "{Kind} {Path} cannot be read, and is tried again: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string kind, string path, string reason);

    [LoggerMessage(824, LogLevel.Warning, "{Kind}: an object that cannot be read was not recorded: {Cause}")]
    private static partial void LogNotRecorded(ILogger logger, string kind, string cause);
}
