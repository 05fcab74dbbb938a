using System.Text.Json.Serialization;
using Tracebloc.CommandLine;

namespace Tracebloc.ImageRefresh.Reporting;

/// <summary>The reports of <c>--output json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(IReadOnlyList<ResolvedImage>))]
internal sealed partial class ReportContext : JsonSerializerContext
{
    /// <summary>Leaves arrows and quotes as they are: people read reports.</summary>
    public static ReportContext Readable => field ??=
        new(JsonText.Readable(Default.Options));
}
