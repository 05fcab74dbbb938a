namespace Tracebloc.Kubernetes;

/// <summary>The kind of change of an object.</summary>
public enum WatchEventType
{
    /// <summary>
    /// It is there: new, or one of those that existed when the watch began without a resource version.
    /// </summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone; the object is its last state.</summary>
    Deleted,

    /// <summary>Nothing happened up to <see cref="WatchEvent{T}.ResourceVersion"/>; there is no object.</summary>
    Bookmark,
}

/// <summary>One event of a watch.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Type">The kind of the change.</param>
/// <param name="Object">The object after it; null for a bookmark.</param>
/// <param name="ResourceVersion">The version from which a later watch misses nothing.</param>
public sealed record WatchEvent<T>(WatchEventType Type, T? Object, string? ResourceVersion);
