using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

/// <summary>
/// A bug throws FormatException, InvalidOperationException or ArgumentException. Who catches one of them takes the bug
/// for a fault of the user, so each place that may is named here, with the call of a library that throws it on purpose.
/// </summary>
internal static partial class FrameworkFaults
{
    private static readonly Dictionary<string, string> Places = new()
    {
        ["src/Tracebloc.Configuration/ConfigurationDocument.cs"] = "File.OpenHandle, of an empty path",
        ["src/Tracebloc.Configuration/GuardedParser.cs"] = "YamlDotNet's Parser.MoveNext, of text that is not YAML",
        ["src/Tracebloc.Kubernetes/KubeConfigPem.cs"] = "X509Certificate2.CreateFromPem, of another certificate's key",
        ["src/Tracebloc.ModelUpload/Stores/DecodedBody.cs"] = "BrotliStream.ReadAsync, of damaged data",
        ["src/Tracebloc.Net/HeaderText.cs"] = "HttpRequestHeaders.Add, of a value without the header's form",
        ["src/Tracebloc.Processes/RunningProgram.cs"] = "Process.Kill, of a program that has exited",
        ["src/Tracebloc.Registry/GoJson.cs"] = "JsonElement.GetString, of text that is not Unicode",
        ["src/Tracebloc.Registry/JsonText.cs"] = "Utf8JsonReader.GetString, of text that is not Unicode",
    };

    public static IReadOnlyList<SourceRule> Rules { get; } =
    [
        new(
            "no exception of the framework carries a decision", ["src"], [".cs"],
            file => Places.ContainsKey(file.Path) ? [] : Catches(file),
            "catch (Exception e) when (\n    e is IOException or FormatException)"),
    ];

    public static IReadOnlyCollection<string> Named => Places.Keys;

    public static IEnumerable<string> Catches(SourceFile file) => Catch()
        .Matches(string.Join('\n', file.Code))
        .Select(match => $"{file.Path}: {string.Join(' ', match.Value.Split((char[]?)null, (StringSplitOptions)3))}");

    [GeneratedRegex(
        @"\bcatch\s*\([^{]*\b(FormatException|InvalidOperationException|Argument(OutOfRange)?Exception)\b"
        + @"|\bis\s+(not\s+)?(FormatException|InvalidOperationException|ArgumentException)\b")]
    private static partial Regex Catch();
}
