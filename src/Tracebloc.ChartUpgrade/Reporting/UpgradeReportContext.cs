using System.Text.Json.Serialization;
using Tracebloc.CommandLine;

namespace Tracebloc.ChartUpgrade.Reporting;

/// <summary>The report of <c>--output json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(UpgradeReportJson))]
internal sealed partial class UpgradeReportContext : JsonSerializerContext
{
    /// <summary>Leaves arrows and quotes as they are: people read reports.</summary>
    public static UpgradeReportContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
