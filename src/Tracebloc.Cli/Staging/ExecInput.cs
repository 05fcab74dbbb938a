using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Staging;

/// <summary>The standard input of a command in a pod as a stream; disposing leaves the command.</summary>
/// <param name="exec">The command.</param>
/// <param name="ended">Takes the end of a command that has ended by then, and what it wrote to standard error.</param>
internal sealed class ExecInput(PodExec exec, Action<ExecStatus, string> ended) : AsyncStream
{
    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await exec.WriteAsync(buffer, cancellationToken);
        }
        catch (KubernetesException fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        var status = exec.WaitAsync(CancellationToken.None);
        if (status.IsCompletedSuccessfully) ended(await status, exec.Errors);
        await exec.DisposeAsync();
        await base.DisposeAsync();
    }
}
