using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>Something that happened to one image. As JSON it is what a webhook gets, and what waits for it.</summary>
internal sealed record Notification
{
    private const int LongestMessage = 500;

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
    /// How long the refresh took, from the patch to the end of its rollout; null for anything else, and where nobody
    /// has watched it to its end.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? Took { get; init; }

    /// <param name="news">What happened to the image.</param>
    /// <param name="plan">How that is planned or concluded.</param>
    /// <param name="workload">The image's workload.</param>
    /// <param name="now">When it happened.</param>
    public static Notification Of(NotificationRules news, ImagePlan plan, Workload workload, DateTimeOffset now)
    {
        var (name, to) = (plan.Image.Name, news.Digest?.ToString());
        var message = Line.Whole(news.Message);
        // An attempt is known by when it was made: the same digest may come, go and come again.
        var identity = $"{workload.Metadata.Uid}/{name}/{news.What}/{to}/{news.AppliedAt?.UtcTicks}";
        return new Notification
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32],
            At = now,
            What = news.What,
            Namespace = workload.Metadata.Namespace,
            Workload = plan.Image.Workload.ToString(),
            Name = name,
            Image = plan.Image.Image.ToString(),
            From = plan.Before.Settled?.ToString(),
            To = to,
            Message = message[..Math.Min(message.Length, LongestMessage)],
            Took = news.What == NotificationKind.Refreshed && IsOfThisTick(plan) ? now - news.AppliedAt : null,
        };
    }

    // What an earlier tick started came to its end at some time in between.
    private static bool IsOfThisTick(ImagePlan plan) =>
        plan is { Rolls: false, Outcome: Outcome.Refreshed or Outcome.Retried };
}
