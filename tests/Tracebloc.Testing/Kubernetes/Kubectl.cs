using CliWrap;
using CliWrap.Buffered;

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
        var result = await Cli.Wrap(Program)
            .WithArguments(
                [$"--kubeconfig={KubeConfig}", $"--namespace={Namespace}", "--request-timeout=30s", .. arguments])
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .ExecuteBufferedAsync(cancellationToken);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)}: {result.StandardError}");
    }
}
