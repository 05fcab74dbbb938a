using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Store;
using ObjectFault = Tracebloc.MetadataSync.Objects.ObjectFault;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// Stores the changes of one kind, many in one transaction, and plans the calls that follow. A database that is away is
/// waited for, and nothing is lost meanwhile.
/// </summary>
/// <param name="parts">The parts of the kind.</param>
/// <param name="wentBack">Called when an object of a list is older than its row.</param>
internal sealed partial class RowStage(KindParts parts, Action wentBack)
{
    private readonly ObjectReader _reader = new(parts.Kind);

    /// <summary>Stores changes until it is cancelled. Several calls may run beside each other.</summary>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        var outage = new Outage($"Storing {parts.Kind.Name} objects", parts.Logger);
        while (true)
        {
            var batch = await parts.Changes.TakeAsync(WriteBatches.MostObjects, WriteBatches.MostBytes, token);
            try
            {
                await StoreAsync(batch, token);
                parts.Changes.Done(batch);
                parts.Numbers.Sync(parts.Time.GetUtcNow());
                outage.Ended();
            }
            catch (DatabaseException away)
            {
                parts.Changes.Return(batch);
                parts.Numbers.AddRetries(batch.Count);
                await Task.Delay(outage.Failed(away), parts.Time, token);
            }
        }
    }

    private async Task StoreAsync(IReadOnlyList<PendingChange> batch, CancellationToken token)
    {
        await DeleteAsync([.. batch.OfType<PendingChange.Gone>()], token);
        var plans = new List<PlannedChange>(batch.Count);
        foreach (var seen in batch.OfType<PendingChange.Seen>())
            if (_reader.TryRead(seen.Json, out var read, out var fault))
                Add(PlannedChange.Of(seen, read, parts), plans);
            else
                await RefuseAsync(Named(fault, seen.Identity), token);
        foreach (var mode in plans.GroupBy(plan => plan.Seen.Mode))
            await WriteAsync([.. mode], mode.Key, token);
    }

    private void Add(PlannedChange plan, List<PlannedChange> plans)
    {
        if (parts.Known?.IsUnchanged(plan.Write, plan.Seen.Mode) == true && !parts.Store.Errors.Has(plan.Object.Uid))
            Follow(plan, new WriteResult(plan.Write, WriteOutcome.Unchanged));
        else
            plans.Add(plan);
    }

    private async Task DeleteAsync(IReadOnlyList<PendingChange.Gone> gone, CancellationToken token)
    {
        if (gone.Count == 0) return;
        foreach (var one in gone) parts.Chores.Remove(one.Uid);
        var rows = gone.Select(one => new RowDeletion(one.Uid, one.Version)).ToList();
        parts.Numbers.AddDeleted(await parts.Store.Deleter.DeleteAsync(rows, token));
        parts.Known?.Forget(gone.Select(one => one.Uid));
        foreach (var one in gone) Committed(one);
    }

    private async Task WriteAsync(IReadOnlyList<PlannedChange> plans, WriteMode mode, CancellationToken token)
    {
        var results = await parts.Store.Writer.WriteAsync([.. plans.Select(plan => plan.Write)], mode, token);
        foreach (var (plan, result) in plans.Zip(results))
        {
            parts.Known?.Learn(result);
            Follow(plan, result);
        }
    }

    private void Follow(PlannedChange plan, WriteResult result)
    {
        switch (result.Outcome)
        {
            case WriteOutcome.Older:
                if (plan.Seen.IsListed) wentBack();
                return; // The newer state has a plan of its own.
            case WriteOutcome.Rejected:
                Refuse(new Refusal(
                    RefusalReason.NotStorable, plan.Object.Uid, plan.Object.Namespace, plan.Object.Name,
                    result.Error ?? "the database rejects it"));
                return;
            case WriteOutcome.Written:
                parts.Numbers.AddWritten(1);
                if (plan.Plan.Evicts) parts.Numbers.AddEvicted(1);
                Committed(plan.Seen);
                break;
        }

        parts.Attempts.Forget(plan.Object.Uid);
        if (plan.Plan.Chore is { } chore) parts.Chores.Put(chore);
        else parts.Chores.Remove(plan.Object.Uid);
    }

    private void Committed(PendingChange change) => parts.Numbers.Lag.Add(parts.Time.GetElapsedTime(change.At));

    private async Task RefuseAsync(ObjectFault fault, CancellationToken token)
    {
        await parts.Store.Errors.RecordAsync(ErrorSubject.Of(fault), fault.Message, token);
        Refuse(new Refusal(RefusalReason.NotReadable, fault.Uid, fault.Namespace, fault.Name, fault.Message));
    }

    // The reader gives up at the first fault, which may come before the names.
    private static ObjectFault Named(ObjectFault fault, ObjectIdentity identity) => fault with
    {
        Uid = identity.Uid,
        Namespace = identity.Namespace,
        Name = identity.Name,
    };

    private void Refuse(Refusal refusal)
    {
        parts.Numbers.AddErrors(1);
        LogRefused(parts.Logger, parts.Kind.Name, refusal.Path, refusal.Message);
        parts.Refused(refusal);
        parts.LookAgain(refusal.Uid, refusal.Namespace, refusal.Name);
    }

    [LoggerMessage(820, LogLevel.Warning, "{Kind} {Path} cannot be stored, and is tried again: {Reason}")]
    private static partial void LogRefused(ILogger logger, string kind, string path, string reason);
}
