namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    /// <summary>A pod of a Job is evicted: it is terminating from now on, until <see cref="FinishPod"/>.</summary>
    public void TerminatePod(string name, string? ns = null)
    {
        lock (Gate) _cluster.Jobs.Terminate(Pod(name, ns));
    }

    /// <summary>A pod of a Job ends.</summary>
    /// <param name="name">The pod.</param>
    /// <param name="phase"><c>Succeeded</c> or <c>Failed</c>.</param>
    /// <param name="ns">Its namespace; null: the options' one.</param>
    public void FinishPod(string name, string phase, string? ns = null)
    {
        lock (Gate) _cluster.Jobs.Finish(Pod(name, ns), phase);
    }

    private FakeObject Pod(string name, string? ns) => Existing($"pod/{name}", ns);
}
