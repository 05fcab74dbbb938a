using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>
/// The notices of one workload that are still to be sent, oldest first. They are kept in an annotation of the workload,
/// since the pod that wrote them is gone after seconds.
/// </summary>
internal sealed record Outbox
{
    public const string Annotation = "tracebloc.io/refresh-notices";

    /// <summary>A notice takes up to 2 KiB of the 256 KiB that all annotations of an object share.</summary>
    public const int MostNotices = 20;

    public static Outbox Empty { get; } = new();

    public IReadOnlyList<Notification> Notices { get; init; } = [];

    /// <summary>How many were dropped, the oldest, for the want of room.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Dropped { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Notices.Count == 0;

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
            if (outbox?.Notices.Any(notice => notice is null) == true)
                outbox = null;
        }
        catch (JsonException)
        {
            outbox = null;
        }
        return outbox is not null;
    }

    public Outbox Add(IEnumerable<Notification> news)
    {
        var notices = Notices.Concat(news).DistinctBy(notice => notice.Id).ToList();
        var tooMany = Math.Max(0, notices.Count - MostNotices);
        return new() { Notices = notices[tooMany..], Dropped = Dropped + tooMany };
    }

    /// <summary>The outbox without the delivered notices.</summary>
    /// <param name="ids">What was delivered; dropped here in the meantime, it was not lost by that.</param>
    /// <param name="told">How many of the dropped are known already to whoever took them.</param>
    public Outbox Without(IReadOnlyCollection<string> ids, int told)
    {
        var left = Notices.Where(notice => !ids.Contains(notice.Id)).ToList();
        var gone = ids.Count - (Notices.Count - left.Count);
        return new() { Notices = left, Dropped = Math.Max(0, Dropped - told - gone) };
    }
}
