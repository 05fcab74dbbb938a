using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.EndToEnd;

/// <summary>helm as an operator runs it, in a home of its own: what is set up on this machine does not count.</summary>
internal sealed record Helm(string KubeConfig, string Namespace, string Home)
{
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
        Cli.Wrap(Environment.GetEnvironmentVariable("HELM") ?? "helm")
            .WithArguments([$"--kubeconfig={KubeConfig}", $"--namespace={Namespace}", .. arguments])
            .WithEnvironmentVariables(variables => variables
                .Set("HELM_CACHE_HOME", Path.Combine(Home, "cache"))
                .Set("HELM_CONFIG_HOME", Path.Combine(Home, "config"))
                .Set("HELM_DATA_HOME", Path.Combine(Home, "data")))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
}
