using System.Text.Json.Serialization;
using Tracebloc.CommandLine;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>The report of <c>pin --output json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(PinReportJson))]
internal sealed partial class PinReportContext : JsonSerializerContext
{
    /// <summary>Leaves arrows and quotes as they are: people read reports.</summary>
    public static PinReportContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
