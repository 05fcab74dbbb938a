using System.Runtime.CompilerServices;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.EventStream;

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
        var result = await Command(["--request-timeout=30s", .. arguments])
            .WithStandardInputPipe(PipeSource.FromString(input))
            .ExecuteBufferedAsync(cancellationToken);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)}: {result.StandardError}");
    }

    /// <summary>The lines of its standard output as they come, until it ends or nobody wants another.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(
        IReadOnlyList<string> arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var one in Command(arguments).ListenAsync(cancellationToken))
            if (one is StandardOutputCommandEvent output)
                yield return output.Text;
    }

    private Command Command(IReadOnlyList<string> arguments) => Cli.Wrap(Program)
        .WithArguments([$"--kubeconfig={KubeConfig}", $"--namespace={Namespace}", .. arguments])
        .WithValidation(CommandResultValidation.None);
}
