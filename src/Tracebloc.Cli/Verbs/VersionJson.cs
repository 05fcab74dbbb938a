using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Verbs;

/// <summary>This program as it was built. What the build did not stamp is <c>unknown</c>.</summary>
internal sealed record VersionJson
{
    private const string Unknown = "unknown";

    public string Status { get; } = Ending.Succeeded.Status;

    public int ExitCode { get; } = Ending.Succeeded.ExitCode;

    public required string Version { get; init; }

    public required string Commit { get; init; }

    /// <summary>RFC 3339, in UTC.</summary>
    public required string BuildDate { get; init; }

    public required string Runtime { get; init; }

    /// <summary>The system and the processor: <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    public required IReadOnlyList<SchemaJson> Schemas { get; init; }

    public static VersionJson OfThisProgram { get; } = Of(typeof(VersionJson).Assembly);

    public override string ToString() =>
        $"tracebloc {Version} (commit {Commit}, built {BuildDate}, {Runtime} on {Platform})"
        + string.Concat(Schemas.Select(schema => $"\n{schema.Name} sha256:{schema.Sha256}"));

    private static VersionJson Of(Assembly assembly)
    {
        var stamp = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var (version, commit) = stamp.Split('+', 2) is [var first, var second] ? (first, second) : (stamp, "");
        return new()
        {
            Version = version.Length > 0 ? version : Unknown,
            Commit = commit.Length > 12 ? commit[..12] : commit.Length > 0 ? commit : Unknown,
            BuildDate = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .FirstOrDefault(each => each.Key == "BuildDate")?.Value ?? Unknown,
            Runtime = RuntimeInformation.FrameworkDescription,
            Platform = $"{System}/{Processor}",
            Schemas = [new("ingest.v1", IngestSchema.Id, IngestSchema.Sha256)],
        };
    }

    private static string System => OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "darwin"
        : OperatingSystem.IsLinux() ? "linux"
        : Unknown;

    private static string Processor => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}

/// <summary>A schema that this program holds.</summary>
internal sealed record SchemaJson(string Name, string Id, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(VersionJson))]
internal sealed partial class VersionContext : JsonSerializerContext
{
    public static VersionContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
