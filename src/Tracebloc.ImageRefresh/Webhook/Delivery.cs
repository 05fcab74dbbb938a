using Tracebloc.ImageRefresh.Notices;

namespace Tracebloc.ImageRefresh.Webhook;

/// <summary>What became of a notice that was sent, and why.</summary>
internal sealed record Delivery(DeliveryVerdict Verdict, string Reason)
{
    public static Delivery Done { get; } = new(DeliveryVerdict.Delivered, "");

    public static Delivery Later(string reason) => new(DeliveryVerdict.Later, reason);

    public static Delivery OfStatus(int status) => status switch
    {
        >= 200 and < 300 => Done,
        // The next tick reads the address, and whoever may send there, anew, and sends what waits to where that leads.
        >= 300 and < 400 or 401 or 403 or 404 or 407 or 408 or 410 or 429 => Later(AnswerStatus.Describe(status)),
        // The same notice would be refused again, and all that come after it would wait for ever.
        >= 400 and < 500 => new(DeliveryVerdict.Refused, AnswerStatus.Describe(status)),
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
