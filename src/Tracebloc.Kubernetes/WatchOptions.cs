namespace Tracebloc.Kubernetes;

/// <summary>Options of a watch: selectors, start and duration.</summary>
public sealed record WatchOptions
{
    /// <summary>For example <c>metadata.name=web</c>: all that a Role with <c>resourceNames</c> allows.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>For example <c>app=manager</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>
    /// Events after this one only; null: first an <see cref="WatchEventType.Added"/> for each that exists.
    /// </summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The watch ends, without an error, after this long; null: it goes on until it is cancelled.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Hand bookmarks to the reader. They keep the watch's place in any case.</summary>
    public bool Bookmarks { get; init; }
}
