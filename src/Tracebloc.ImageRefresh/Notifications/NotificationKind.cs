using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>The kinds of notifications.</summary>
[JsonConverter(typeof(NotificationKindConverter))]
internal enum NotificationKind
{
    /// <summary>A newer digest was rolled out, and the rollout is complete.</summary>
    Refreshed,

    /// <summary>The recorded digest was changed or removed from outside and is being rolled out again.</summary>
    Repaired,

    /// <summary>A rollout of a digest failed, and it will be tried again.</summary>
    RolloutFailed,

    /// <summary>All attempts at a digest are spent.</summary>
    GaveUp,

    /// <summary>A rollout of a digest failed, and the one before is set again.</summary>
    RolledBack,

    /// <summary>A digest was rolled back, and is not applied again.</summary>
    Quarantined,
}

/// <summary><c>rolloutFailed</c>, as reports spell outcomes.</summary>
internal sealed class NotificationKindConverter()
    : JsonStringEnumConverter<NotificationKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
