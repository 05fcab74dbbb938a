namespace Tracebloc.ImageRefresh.Webhook;

/// <summary>What became of a notice that was sent, and why.</summary>
internal sealed record Delivery(DeliveryVerdict Verdict, string Reason)
{
    public static Delivery Done { get; } = new(DeliveryVerdict.Delivered, "");

    public static Delivery Later(string reason) => new(DeliveryVerdict.Later, reason);

    public static Delivery OfStatus(int status) => status switch
    {
        >= 200 and < 300 => Done,
        // The next tick reads the address anew, and sends what waits to where it then leads.
        >= 300 and < 400 => Later($"status {status}: it is elsewhere; correct the address"),
        // So is whoever may send there: both are read from their file anew, since they are changed in time.
        401 or 403 or 404 or 407 or 410 => Later($"status {status}; correct the address"),
        408 or 429 => Later($"status {status}"),
        // The same notice would be refused again, and all that come after it would wait for ever.
        >= 400 and < 500 => new(DeliveryVerdict.Refused, $"status {status}"),
        _ => Later($"status {status}"),
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
