using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>The result of a delivery, and its reason.</summary>
internal sealed record Delivery(DeliveryVerdict Verdict, string Reason)
{
    public static Delivery Done { get; } = new(DeliveryVerdict.Delivered, "");

    public static Delivery Later(string reason) => new(DeliveryVerdict.Later, reason);

    public static Delivery OfStatus(int status) => status switch
    {
        >= 200 and < 300 => Done,
        // The same notification would be rejected again and block the queue forever. The address and
        // its credentials are read anew by the next tick.
        >= 400 and < 500 and not (408 or 429) when !AnswerStatus.IsOfAddress(status) =>
            new(DeliveryVerdict.Refused, AnswerStatus.Describe(status)),
        _ => Later(AnswerStatus.Describe(status)),
    };
}

internal enum DeliveryVerdict
{
    Delivered,

    /// <summary>It is not sent again.</summary>
    Refused,

    /// <summary>The next tick sends it again.</summary>
    Later,
}
