using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>A <see cref="QuarantineEntry"/> as it stands in the annotation and in reports.</summary>
internal sealed record QuarantineJson
{
    public required string Digest { get; init; }

    public required string At { get; init; }

    public required string Reason { get; init; }

    /// <summary>The number of its failed rollouts.</summary>
    public required int Failures { get; init; }

    /// <summary>Another change may have caused the failure: it is retried alone.</summary>
    public bool Suspect { get; init; }

    public static QuarantineJson Of(QuarantineEntry entry) => new()
    {
        Digest = entry.Digest.ToString(),
        At = RefreshAnnotations.Time(entry.At),
        Reason = Line.Of(entry.Reason, RecordLimits.Reason),
        Failures = entry.Failures,
        Suspect = entry.IsSuspect,
    };

    /// <summary>Null where there is nothing to write.</summary>
    public static string? Write(Quarantine quarantine) => quarantine.IsEmpty
        ? null
        : JsonSerializer.Serialize(
            [.. quarantine.Entries.Select(Of)], QuarantineJsonContext.Readable.QuarantineJsonArray);

    /// <summary>Reads what <see cref="Write"/> gives; null where the text is something else.</summary>
    public static Quarantine? Read(string text)
    {
        try
        {
            var entries = JsonSerializer.Deserialize(text, QuarantineJsonContext.Default.QuarantineJsonArray)?
                .Select(entry => entry?.Parse())
                .ToList();
            return entries is null or { Count: > Quarantine.MostEntries } || entries.Contains(null)
                ? null
                : new([.. entries.OfType<QuarantineEntry>()]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private QuarantineEntry? Parse() =>
        Registry.Digest.TryParse(Digest, out var digest)
        && RefreshAnnotations.ParseTime(At) is { } at
        && Reason.Length <= RecordLimits.Reason + 1 // The ellipsis of a reason that was cut.
        && Failures is >= 0 and <= RecordLimits.LargestNumber
            ? new(digest, at, Reason) { Failures = Failures, IsSuspect = Suspect }
            : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(QuarantineJson[]))]
internal sealed partial class QuarantineJsonContext : JsonSerializerContext
{
    /// <summary>Leaves quotes unescaped: the text is read by kubectl, and never becomes HTML.</summary>
    public static QuarantineJsonContext Readable => field ??=
        new(new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
