using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.EndToEnd;

/// <summary>helm as an operator runs it, in a home of its own: what is set up on this machine does not count.</summary>
internal sealed record Helm(string KubeConfig, string Namespace, string Home)
{
    /// <summary>The program.</summary>
    public static string Program => Environment.GetEnvironmentVariable("HELM") ?? "helm";

    /// <summary>The variables of its home.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables =>
    [
        ("HELM_CACHE_HOME", Path.Combine(Home, "cache")),
        ("HELM_CONFIG_HOME", Path.Combine(Home, "config")),
        ("HELM_DATA_HOME", Path.Combine(Home, "data")),
    ];

    /// <returns>What helm wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed, with what it wrote to its standard error.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var result = await StartAsync(arguments, cancellationToken);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException($"helm {string.Join(' ', arguments)}: {result.StandardError}");
    }

    public CommandTask<BufferedCommandResult> StartAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Cli.Wrap(Program)
            .WithArguments([$"--kubeconfig={KubeConfig}", $"--namespace={Namespace}", .. arguments])
            .WithEnvironmentVariables(Variables.ToDictionary(one => one.Name, string? (one) => one.Value))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
}
