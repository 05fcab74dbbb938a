using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>
/// The unsent notifications of one workload, oldest first. They are kept in an annotation of the workload,
/// since the pod that wrote them is gone after seconds.
/// </summary>
internal sealed record Outbox
{
    public const string Annotation = "tracebloc.io/refresh-notices";

    /// <summary>A notification takes up to 2 KiB of the 256 KiB that all annotations of an object share.</summary>
    public const int MaxNotifications = 20;

    public static Outbox Empty { get; } = new();

    [JsonPropertyName("notices")]
    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    /// <summary>The number of dropped notifications: the oldest, when too many waited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Dropped { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Notifications.Count == 0;

    /// <summary>As it stands in the annotation; null where there is to be none.</summary>
    [JsonIgnore]
    public string? Text => IsEmpty ? null : JsonSerializer.Serialize(this, ReadableJson.Context.Outbox);

    /// <returns>False where the annotation holds what this worker never writes.</returns>
    public static bool TryRead(
        IReadOnlyDictionary<string, string>? annotations, [NotNullWhen(true)] out Outbox? outbox)
    {
        outbox = Empty;
        if (annotations?.GetValueOrDefault(Annotation) is not { } text)
            return true;
        try
        {
            outbox = JsonSerializer.Deserialize(text, ReadableJson.Context.Outbox);
            // No annotation of a type argument is respected.
            if (outbox?.Notifications.Any(notification => notification is null) == true)
                outbox = null;
        }
        catch (JsonException)
        {
            outbox = null;
        }
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
}
