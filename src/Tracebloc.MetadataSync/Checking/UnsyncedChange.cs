using System.Globalization;
using System.Text.Json;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The time since which a change of the cluster is not in the database, and its source.</summary>
/// <param name="Since">The time.</param>
/// <param name="Source">
/// <c>creationTimestamp</c> of an object without a row, <c>managedFields</c> for the last change of an object whose row
/// is older, <c>sync_errors</c> for the first failure of an object that cannot be stored.
/// </param>
internal sealed record UnsyncedChange(DateTimeOffset Since, string Source)
{
    public const string Creation = "creationTimestamp", Managers = "managedFields", Errors = "sync_errors";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };

    /// <summary>The earlier of two; null where there is neither.</summary>
    public static UnsyncedChange? Earlier(UnsyncedChange? one, UnsyncedChange? other) =>
        one is null || other?.Since < one.Since ? other : one;

    /// <summary>The change of an object that differs; null where the object states no time of it.</summary>
    public static UnsyncedChange? Of(ReadOnlyMemory<byte> json, Difference difference)
    {
        if (difference is not (Difference.WithoutRow or Difference.Older)) return null;
        using var parsed = JsonDocument.Parse(json, Deep);
        if (parsed.RootElement.ValueKind != JsonValueKind.Object
            || !parsed.RootElement.TryGetProperty("metadata", out var metadata)
            || metadata.ValueKind != JsonValueKind.Object) return null;
        return difference == Difference.Older && LastChange(metadata) is { } changed
            ? new UnsyncedChange(changed, Managers)
            : TimeOf(metadata, "creationTimestamp") is { } created ? new UnsyncedChange(created, Creation) : null;
    }

    private static DateTimeOffset? LastChange(JsonElement metadata) =>
        metadata.TryGetProperty("managedFields", out var managers) && managers.ValueKind == JsonValueKind.Array
            ? managers.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object)
                .Max(entry => TimeOf(entry, "time"))
            : null;

    private static DateTimeOffset? TimeOf(JsonElement holder, string member) =>
        holder.TryGetProperty(member, out var time) && time.ValueKind == JsonValueKind.String
            && time.TryGetDateTimeOffset(out var read) ? read.ToUniversalTime() : null;

    /// <summary>As Kubernetes writes times.</summary>
    public string Text => Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
