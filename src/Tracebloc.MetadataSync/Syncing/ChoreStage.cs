using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Planning;
using Tracebloc.MetadataSync.Store;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// Does the chores of one kind. The database comes first, then the finalizer, then the object, and each step may be
/// repeated: a program that was killed in between does the rest after its start.
/// </summary>
internal sealed partial class ChoreStage(KindParts parts)
{
    private const int MostChores = 500, MostCalls = 8;

    // The trouble of a call is short as a rule, and an object that is to go waits for it.
    private readonly RetryPauses _pauses = parts.Pauses with { First = TimeSpan.FromMilliseconds(200) };

    private readonly ObjectCalls _calls = new(parts.Client, parts.Kind);

    /// <summary>Does chores until it is cancelled.</summary>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        var outage = new Outage($"Deleting rows of {parts.Kind.Name} objects", parts.Logger);
        while (true)
        {
            var due = await parts.Chores.TakeAsync(MostChores, token);
            try
            {
                await DeleteRowsAsync(due, token);
                outage.Ended();
            }
            catch (DatabaseException away)
            {
                var pause = outage.Failed(away);
                parts.Numbers.AddRetries(due.Count);
                foreach (var chore in due) parts.Chores.Repeat(chore, pause);
                continue;
            }

            await Throttled.SelectAsync(due, MostCalls, TryAsync, token);
        }
    }

    private async Task DeleteRowsAsync(IReadOnlyList<Chore> due, CancellationToken token)
    {
        var rows = due.Where(chore => chore.Kind is ChoreKind.Bury or ChoreKind.BuryAndDelete)
            .Select(chore => new RowDeletion(chore.Uid, chore.Version) { KeepsNewer = true }).ToList();
        if (rows.Count == 0) return;
        parts.Numbers.AddDeleted(await parts.Store.Deleter.DeleteAsync(rows, token));
        parts.Known?.Forget(rows.Select(row => row.Uid));
    }

    private async Task<bool> TryAsync(Chore chore, CancellationToken token)
    {
        try
        {
            await DoAsync(chore, token);
            parts.Chores.Done(chore);
            return true;
        }
        catch (KubernetesException failed)
        {
            var pause = failed.RetryAfter ?? _pauses.After(chore.Failures + 1);
            parts.Numbers.AddRetries(1);
            if (!failed.IsTransient) parts.Numbers.AddErrors(1);
            if (chore.Failures == 0) LogFailed(parts.Logger, parts.Kind.Name, chore.Path, failed.Message);
            parts.Chores.Repeat(chore, pause);
            return false;
        }
    }

    private Task DoAsync(Chore chore, CancellationToken token) => chore.Kind switch
    {
        ChoreKind.Look => LookAsync(chore, token),
        ChoreKind.Hold => _calls.SetFinalizersAsync(chore, chore.Held, token),
        ChoreKind.Bury => FreeAsync(chore, token),
        _ => FreeAndDeleteAsync(chore, token),
    };

    private async Task LookAsync(Chore chore, CancellationToken token)
    {
        var found = await _calls.FindAsync(chore.Namespace, chore.Name, token);
        await parts.Changes.AddAsync(parts.Change(chore.Uid, found, version: 0), token);
    }

    /// <returns>The version without our finalizer; null where the object has changed meanwhile.</returns>
    private async Task<string?> FreeAsync(Chore chore, CancellationToken token) => chore.HasFinalizer
        ? await _calls.SetFinalizersAsync(chore, chore.Freed, token)
        : chore.VersionText;

    private async Task FreeAndDeleteAsync(Chore chore, CancellationToken token)
    {
        if (await FreeAsync(chore, token) is { } version) await _calls.DeleteAsync(chore, version, token);
    }

    [LoggerMessage(
        821, LogLevel.Warning, "{Kind} {Path}: a call failed, and is repeated until it succeeds: {Cause}")]
    private static partial void LogFailed(ILogger logger, string kind, string path, string cause);
}
