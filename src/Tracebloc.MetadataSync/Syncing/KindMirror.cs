using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>Mirrors one kind during one term: the feed, the rows, the chores and the comparison.</summary>
internal sealed partial class KindMirror
{
    private readonly KindParts _parts;
    private readonly KindFeed _feed;
    private readonly RowStage _rows;
    private readonly ChoreStage _chores;
    private readonly UidComparison _comparison;

    public KindMirror(KindParts parts)
    {
        _parts = parts;
        _comparison = new UidComparison(parts);
        _feed = new KindFeed(parts, _comparison);
        _rows = new RowStage(parts, _feed.WentBack);
        _chores = new ChoreStage(parts);
        parts.Numbers.Waiting = () => (parts.Changes.Count, parts.Chores.Count);
    }

    public KindState State => _feed.State;

    /// <summary>Mirrors until it is cancelled.</summary>
    /// <exception cref="FenceException">Another leader has a newer term.</exception>
    public Task RunAsync(CancellationToken token)
    {
        var (settings, kind) = (_parts.Settings, _parts.Kind);
        var workers = settings.WorkersOf(kind);
        LogRegistered(_parts.Logger, kind.Name, workers, settings.LongestRetryOf(kind).TotalSeconds);
        return Together.RunAsync(
            [
                _feed.RunAsync, _chores.RunAsync, _comparison.RunAsync,
                .. Enumerable.Repeat<Func<CancellationToken, Task>>(_rows.RunAsync, workers),
            ],
            token);
    }

    // The words that operators search the log for.
    [LoggerMessage(
        830, LogLevel.Information,
        "Ingester controller registered for {Kind}: {Workers} workers, requeue period {Seconds} s")]
    private static partial void LogRegistered(ILogger logger, string kind, int workers, double seconds);
}
