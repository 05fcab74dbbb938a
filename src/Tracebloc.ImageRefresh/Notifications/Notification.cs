using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>Something that happened to one image. As JSON it is what a webhook gets.</summary>
internal sealed record Notification
{
    /// <summary>The most characters of a message.</summary>
    public const int LongestMessage = 500;

    private const int LengthOfId = 32;

    public string ApiVersion { get; } = "refresh.tracebloc.io/v1";

    public string Kind { get; } = "RefreshNotice";

    /// <summary>The same for the same notification, however often it is sent.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("happening")]
    public required NotificationKind What { get; init; }

    public string? Namespace { get; init; }

    public required string Workload { get; init; }

    /// <summary>The image's name in the configuration.</summary>
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>The digest that had been settled on.</summary>
    public string? From { get; init; }

    /// <summary>The digest that it is about.</summary>
    public string? To { get; init; }

    public required string Message { get; init; }

    /// <summary>
    /// The duration of the refresh, from the patch to the end of its rollout; null for other kinds, and where no tick
    /// has watched it to its end.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? Took { get; init; }

    /// <param name="rule">The kind, the digest and the words.</param>
    /// <param name="change">The change that it is about.</param>
    public static Notification Of(NotificationRules rule, ImageChange change)
    {
        var (name, to, metadata) = (change.Image.Name, rule.Digest?.ToString(), change.Workload.Metadata);
        // An attempt is known by when it was made: the same digest may come, go and come again.
        var identity = $"{metadata.Uid}/{name}/{rule.What}/{to}/{rule.AppliedAt?.UtcTicks}";
        return new Notification
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..LengthOfId],
            At = change.At,
            What = rule.What,
            Namespace = metadata.Namespace,
            Workload = change.Image.Workload.ToString(),
            Name = name,
            Image = change.Image.Image.ToString(),
            From = change.Before.Settled?.ToString(),
            To = to,
            Message = Line.Of(rule.Message, LongestMessage),
            Took = rule.What == NotificationKind.Refreshed && IsOfThisTick(change) ? change.At - rule.AppliedAt : null,
        };
    }

    /// <summary>True for an id that this worker makes, which any header can carry.</summary>
    public static bool IsId(string text) => text.Length == LengthOfId && text.All(char.IsAsciiHexDigitLower);

    // The rollout of an earlier tick ended at an unknown time in between.
    private static bool IsOfThisTick(ImageChange change) =>
        change is { Rolls: false, Outcome: Outcome.Refreshed or Outcome.Retried };
}
