using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The helm that HELM names, else the one on PATH. It is never told of a cluster.</summary>
internal static class Helm
{
    public static string? Program { get; } = Find();

    public static void SkipWhenMissing()
    {
        if (Program is null)
            Assert.Skip("There is no helm, on PATH or named by HELM: `dotnet cake --target=Charts` fetches one.");
    }

    /// <summary>Runs helm with <paramref name="input"/> as its standard input.</summary>
    public static async Task<BufferedCommandResult> RunAsync(IReadOnlyList<string> arguments, string input = "") =>
        await CliWrap.Cli.Wrap(Program ?? "helm")
            .WithArguments(arguments)
            .WithEnvironmentVariables(variables => variables.Set("KUBECONFIG", "/dev/null"))
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    private static string? Find() => Environment.GetEnvironmentVariable("HELM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "helm"))
            .FirstOrDefault(File.Exists);
}
