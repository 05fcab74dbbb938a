using System.Text.Json.Serialization;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Terminal;

/// <summary>The one object of a verb that failed, or had nothing to report but its end.</summary>
internal sealed record EndingJson(string Status, int ExitCode, string? Error)
{
    public static string Write(int exitCode, string message)
    {
        var (status, code) = Ending.OfFault(exitCode);
        return JsonText.Write(new(status, code, message), EndingJsonContext.Readable.EndingJson);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(EndingJson))]
internal sealed partial class EndingJsonContext : JsonSerializerContext
{
    public static EndingJsonContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
