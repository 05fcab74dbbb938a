using Medallion.Shell;

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
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, string input = "")
    {
        var command = Command.Run(Program ?? "helm", arguments, options => options
            .EnvironmentVariable("KUBECONFIG", "/dev/null")
            .CancellationToken(TestContext.Current.CancellationToken)
            .ThrowOnError(false));
        await command.StandardInput.WriteAsync(input);
        await command.StandardInput.DisposeAsync();
        return await command.Task;
    }

    private static string? Find() => Environment.GetEnvironmentVariable("HELM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "helm"))
            .FirstOrDefault(File.Exists);
}
