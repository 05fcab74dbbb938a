using Medallion.Shell;

namespace Tracebloc.EndToEnd;

/// <summary>helm as an operator runs it, in a home of its own: what is set up on this machine does not count.</summary>
internal sealed record Helm(string KubeConfig, string Namespace, string Home)
{
    /// <returns>What helm wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed, with what it wrote to its standard error.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var result = await Start(arguments, cancellationToken).Task;
        return result.Success
            ? result.StandardOutput
            : throw new InvalidOperationException($"helm {string.Join(' ', arguments)}: {result.StandardError}");
    }

    public Command Start(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => Command.Run(
        Environment.GetEnvironmentVariable("HELM") ?? "helm",
        [$"--kubeconfig={KubeConfig}", $"--namespace={Namespace}", .. arguments],
        options => options
            .CancellationToken(cancellationToken)
            .ThrowOnError(false)
            .EnvironmentVariable("HELM_CACHE_HOME", Path.Combine(Home, "cache"))
            .EnvironmentVariable("HELM_CONFIG_HOME", Path.Combine(Home, "config"))
            .EnvironmentVariable("HELM_DATA_HOME", Path.Combine(Home, "data")));
}
