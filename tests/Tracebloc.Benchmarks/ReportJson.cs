using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Benchmarks;

/// <summary>The results for machines, every run of them.</summary>
internal sealed record ReportJson(DateTimeOffset At, int Processors, string Runtime, IReadOnlyList<Result> Results)
{
    /// <returns>The file's path.</returns>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = At.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{name}.json");
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, ReportJsonContext.Default.ReportJson));
        return path;
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportJson))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
