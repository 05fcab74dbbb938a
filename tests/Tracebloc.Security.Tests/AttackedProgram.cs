using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Tracebloc.Testing;

namespace Tracebloc.Security.Tests;

/// <summary>
/// image-refresh as a process of its own, with the memory that a container of the chart has: the published file where
/// the Integration target names one, else the built one.
/// </summary>
internal static class AttackedProgram
{
    /// <summary>Three quarters of the chart's 128 MiB, as .NET takes them in a container (hexadecimal).</summary>
    private const string HeapLimit = "6000000";

    private static string File => Environment.GetEnvironmentVariable("TRACEBLOC_TEST_IMAGE_REFRESH")
        ?? Path.Combine(AppContext.BaseDirectory, "image-refresh");

    // shared/Microsoft.NETCore.App/10.0.0
    private static string Runtime =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    public static ChildProgram Start(
        IReadOnlyList<string> arguments, params IReadOnlyList<(string Name, string Value)> environment) =>
        ChildProgram.Start(
            File,
            arguments,
            [("DOTNET_GCHeapHardLimit", HeapLimit), ("DOTNET_ROOT", Runtime), .. environment],
            TestContext.Current.CancellationToken);

    /// <summary>The outcome of an image in the report of <c>--output json</c>.</summary>
    public static string? OutcomeOf(this ProgramResult result, string image) => result.Output.StartsWith('{')
        ? (string?)JsonNode.Parse(result.Output)!["images"]!.AsArray()
            .Single(one => (string?)one!["name"] == image)!["outcome"]
        : throw new InvalidOperationException($"exit {result.ExitCode}\n{result.Output}\n{result.Error}");
}
