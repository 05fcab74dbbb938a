namespace Tracebloc.MetadataSync.Querying;

/// <summary>States as words and as SQL.</summary>
internal static class StateFilter
{
    public const ObjectStates Present = ObjectStates.Live | ObjectStates.Evicted;

    /// <exception cref="QueryException">There is no such state.</exception>
    public static ObjectStates Read(string? word) => word switch
    {
        null => Present,
        "live" => ObjectStates.Live,
        "evicted" => ObjectStates.Evicted,
        "deleted" => ObjectStates.Deleted,
        "all" => Present | ObjectStates.Deleted,
        _ => throw QueryException.BadRequest(
            $"state \"{word}\" is none of live, evicted, deleted and all; without it live and evicted objects count"),
    };

    public static SqlFilter Of(ObjectStates states) => states switch
    {
        ObjectStates.Live => new("o.delete_time IS NULL AND o.evicted_time IS NULL"),
        ObjectStates.Evicted => new("o.delete_time IS NULL AND o.evicted_time IS NOT NULL"),
        ObjectStates.Deleted => new("o.delete_time IS NOT NULL"),
        Present => new("o.delete_time IS NULL"),
        _ => SqlFilter.Everything,
    };

    /// <summary>The state of a row, as tables show it.</summary>
    public static string Word(bool isDeleted, bool isEvicted) =>
        isDeleted ? "Deleted" : isEvicted ? "Evicted" : "Live";
}
