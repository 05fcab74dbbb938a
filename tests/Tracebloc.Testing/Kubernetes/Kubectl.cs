using Medallion.Shell;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// Arranges and looks in one namespace of a real cluster, with a program that is none of ours: so that what is under
/// test never vouches for itself.
/// </summary>
public sealed record Kubectl(string KubeConfig, string Namespace)
{
    public string Program { get; init; } = "kubectl";

    /// <returns>What kubectl wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed, with what it wrote to its standard error.</exception>
    public async Task<string> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken, string input = "")
    {
        var command = Start(["--request-timeout=30s", .. arguments], cancellationToken);
        await command.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        await command.StandardInput.DisposeAsync();
        var result = await command.Task;
        return result.Success
            ? result.StandardOutput
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)}: {result.StandardError}");
    }

    private Command Start(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => Command.Run(
        Program,
        [$"--kubeconfig={KubeConfig}", $"--namespace={Namespace}", .. arguments],
        options => options.CancellationToken(cancellationToken).ThrowOnError(false));
}
