using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.ImageRefresh.ChartUpgrade;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh;

/// <summary>What <c>--output json</c> writes. Nothing of it is loaded for a report in text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(PinReportJson))]
[JsonSerializable(typeof(UpgradeReportJson))]
[JsonSerializable(typeof(IReadOnlyList<ResolvedImage>))]
internal sealed partial class ReportContext : JsonSerializerContext
{
    /// <summary>Arrows and quotes as they are: people read reports, and nobody makes HTML of them.</summary>
    public static ReportContext Readable => field ??=
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <param name="report">What is written, with a line break after it.</param>
    /// <param name="type">One of <see cref="Readable"/>.</param>
    public static string Write<T>(T report, JsonTypeInfo<T> type) => JsonSerializer.Serialize(report, type) + "\n";
}
