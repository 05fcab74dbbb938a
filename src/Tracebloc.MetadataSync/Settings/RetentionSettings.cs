using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>The stanza <c>retention</c>: the ages at which rows are purged. Default: never.</summary>
internal sealed record RetentionSettings
{
    /// <summary>The age of deleted rows, from <c>delete_time</c>; null: kept for ever.</summary>
    public TimeSpan? Deleted { get; init; }

    /// <summary>The age of evicted rows, from <c>evicted_time</c>; null: kept for ever.</summary>
    public TimeSpan? Evicted { get; init; }

    public IReadOnlyDictionary<string, TimeSpan> DeletedByKind { get; init; } = new Dictionary<string, TimeSpan>();

    public IReadOnlyDictionary<string, TimeSpan> EvictedByKind { get; init; } = new Dictionary<string, TimeSpan>();

    public TimeSpan? DeletedOf(Kind kind) => DeletedByKind.TryGetValue(kind.Name, out var own) ? own : Deleted;

    public TimeSpan? EvictedOf(Kind kind) => EvictedByKind.TryGetValue(kind.Name, out var own) ? own : Evicted;
}
