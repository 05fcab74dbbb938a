using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Staging;

/// <summary>Removes what earlier pushes have left on the volume, as far as that is possible.</summary>
internal sealed class StageSweep(StagePod pod, StageDeadlines deadlines, TimeProvider time)
{
    /// <summary>Removes the folders that no push has written to for a day. A failure is none of this push.</summary>
    public async Task TryAsync(CancellationToken token)
    {
        using var deadline = new Deadline(deadlines.Removal, time, token);
        try
        {
            await using var exec = await pod.ExecAsync(["--sweep"], deadline.Token);
            await exec.Output.CopyToAsync(Stream.Null, deadline.Token);
        }
        catch (Exception fault) when (fault is KubernetesException or IOException
            || (fault is OperationCanceledException && deadline.HasPassed))
        {
            // The next push sweeps again.
        }
    }
}
