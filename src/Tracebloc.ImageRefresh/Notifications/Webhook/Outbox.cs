using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>
/// The unsent notifications of one workload, oldest first. They are kept in an annotation of the workload,
/// since the pod that wrote them is gone after seconds.
/// </summary>
internal sealed record Outbox
{
    public const string Annotation = "tracebloc.io/refresh-notices";

    /// <summary>A notification takes up to 3.5 KiB of the 256 KiB that all annotations of an object share.</summary>
    public const int MaxNotifications = 20;

    /// <summary>The most characters of the annotation that are read; this worker writes fewer.</summary>
    public const int MaxLength = 96 * 1024;

    private const int MaxDropped = 1_000_000;

    public static Outbox Empty { get; } = new();

    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    /// <summary>
    /// The number of dropped notifications: the oldest, when too many waited, and those that this worker did not write.
    /// </summary>
    public int Dropped { get; init; }

    public bool IsEmpty => Notifications.Count == 0;

    /// <summary>As it stands in the annotation; null where there is to be none.</summary>
    public string? Text => IsEmpty
        ? null
        : JsonSerializer.Serialize(
            new StoredOutbox { Notifications = [.. Notifications.Select(StoredNotification.Of)], Dropped = Dropped },
            ReadableJson.Context.StoredOutbox);

    /// <param name="workload">The workload with the annotation.</param>
    /// <param name="images">The images that the configuration has on it.</param>
    /// <param name="outbox">The notifications of these images.</param>
    /// <returns>False where the annotation does not have the form that this worker writes.</returns>
    public static bool TryRead(
        Workload workload, IReadOnlyList<TrackedImage> images, [NotNullWhen(true)] out Outbox? outbox)
    {
        outbox = Empty;
        if (workload.Metadata.Annotations?.GetValueOrDefault(Annotation) is not { } text)
            return true;
        outbox = Parse(text) is { } stored ? Restore(stored, workload, images) : null;
        return outbox is not null;
    }

    public Outbox Add(IEnumerable<Notification> added)
    {
        var notifications = Notifications.Concat(added).DistinctBy(notification => notification.Id).ToList();
        var tooMany = Math.Max(0, notifications.Count - MaxNotifications);
        return new() { Notifications = notifications[tooMany..], Dropped = Dropped + tooMany };
    }

    /// <summary>The outbox without the delivered notifications.</summary>
    /// <param name="ids">The delivered ones; those dropped here in the meantime do not count as dropped.</param>
    /// <param name="reported">The number of dropped ones that were logged already.</param>
    public Outbox Without(IReadOnlyCollection<string> ids, int reported)
    {
        var left = Notifications.Where(notification => !ids.Contains(notification.Id)).ToList();
        var gone = ids.Count - (Notifications.Count - left.Count);
        return new() { Notifications = left, Dropped = Math.Max(0, Dropped - reported - gone) };
    }

    private static StoredOutbox? Parse(string text)
    {
        if (text.Length > MaxLength)
            return null;
        try
        {
            var stored = JsonSerializer.Deserialize(text, ReadableJson.Context.StoredOutbox);
            // No annotation of a type argument is respected.
            return stored?.Notifications.Any(notification => notification is null) == true ? null : stored;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Outbox Restore(StoredOutbox stored, Workload workload, IReadOnlyList<TrackedImage> images)
    {
        List<Notification> known =
        [
            .. stored.Notifications
                .Select(notification => notification.Restore(workload, images))
                .OfType<Notification>()
                .DistinctBy(notification => notification.Id)
                .Take(MaxNotifications),
        ];
        return new()
        {
            Notifications = known,
            Dropped = Math.Clamp(stored.Dropped, 0, MaxDropped) + stored.Notifications.Count - known.Count,
        };
    }
}
