using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// The end of a registry's rate limit. It does not apply to a registry that the image was moved to since.
/// </summary>
/// <param name="Until">It may be asked again then.</param>
/// <param name="Registry">Its name in the image's reference.</param>
internal sealed record HoldOff(DateTimeOffset Until, string Registry)
{
    // No registry's announcement is believed for longer, so that a later time was written by another.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public bool Covers(ImageReference image, DateTimeOffset now) =>
        image.Domain == Registry && now < Until && Until - now <= Longest;

    /// <summary>The answer in place of the registry's.</summary>
    public Fetched<T> Refuse<T>() where T : class => new()
    {
        Verdict = Verdict.Limited,
        Message = $"{Registry} requested no calls before {RefreshAnnotations.Time(Until)}",
        RetryAt = Until,
    };

    /// <summary>Reads what <see cref="ToString"/> gives; null where the text is something else.</summary>
    public static HoldOff? Parse(string text) =>
        text.Split(' ') is [var time, { Length: > 0 } registry] && RefreshAnnotations.ParseTime(time) is { } until
            ? new(until, registry)
            : null;

    public override string ToString() => $"{RefreshAnnotations.Time(Until)} {Registry}";
}
