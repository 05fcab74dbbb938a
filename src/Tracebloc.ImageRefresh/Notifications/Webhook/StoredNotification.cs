using System.Text.Json.Serialization;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>
/// A notification as it waits in an annotation: only what configuration and workload do not know. Everybody who may
/// annotate the workload can write one, so it is restored to a notification of a configured image, or dropped.
/// </summary>
internal sealed record StoredNotification
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("happening")]
    public required NotificationKind What { get; init; }

    public required string Name { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public required string Message { get; init; }

    public static StoredNotification Of(Notification notification) => new()
    {
        Id = notification.Id,
        At = notification.At,
        What = notification.What,
        Name = notification.Name,
        From = notification.From,
        To = notification.To,
        Message = notification.Message,
    };

    /// <param name="workload">The workload with the annotation.</param>
    /// <param name="images">The images that the configuration has on it.</param>
    /// <returns>Null where this worker does not write such a notification for these images.</returns>
    public Notification? Restore(Workload workload, IEnumerable<TrackedImage> images) =>
        Notification.IsId(Id) && IsDigest(From) && IsDigest(To)
        && images.FirstOrDefault(image => image.Name == Name) is { } image
            ? new Notification
            {
                Id = Id,
                At = At,
                What = What,
                Namespace = workload.Metadata.Namespace,
                Workload = image.Workload.ToString(),
                Name = image.Name,
                Image = image.Image.ToString(),
                From = From,
                To = To,
                Message = Line.Of(Message, Notification.LongestMessage),
            }
            : null;

    private static bool IsDigest(string? text) => text is null || Digest.TryParse(text, out _);
}

/// <summary>The outbox as it stands in the annotation.</summary>
internal sealed record StoredOutbox
{
    [JsonPropertyName("notices")]
    public IReadOnlyList<StoredNotification> Notifications { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Dropped { get; init; }
}
