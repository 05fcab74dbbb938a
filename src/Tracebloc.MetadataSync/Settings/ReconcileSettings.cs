using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>The stanza <c>ingester</c>, and the delay of <c>metadataStorage</c>.</summary>
internal sealed record ReconcileSettings
{
    public int Workers { get; init; } = 2;

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan DeletionDelay { get; init; } = TimeSpan.FromSeconds(10);

    public IReadOnlyDictionary<string, int> WorkersByKind { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, TimeSpan> LongestRetryByKind { get; init; } =
        new Dictionary<string, TimeSpan>();

    public IReadOnlyDictionary<string, TimeSpan> DeletionDelayByKind { get; init; } =
        new Dictionary<string, TimeSpan>();

    /// <summary>The workers of a kind: <c>concurrentReconciles</c>.</summary>
    public int WorkersOf(Kind kind) => WorkersByKind.TryGetValue(kind.Name, out var own) ? own : Workers;

    /// <summary>The longest pause between two attempts: <c>requeuePeriod</c>.</summary>
    public TimeSpan LongestRetryOf(Kind kind) =>
        LongestRetryByKind.TryGetValue(kind.Name, out var own) ? own : LongestRetry;

    /// <summary>The time from an object's deletion to that of its row: <c>deletionDelay</c>.</summary>
    public TimeSpan DeletionDelayOf(Kind kind) =>
        DeletionDelayByKind.TryGetValue(kind.Name, out var own) ? own : DeletionDelay;
}
