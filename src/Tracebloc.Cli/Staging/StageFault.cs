using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Staging;

/// <summary>The faults of a staging pod.</summary>
internal static class StageFault
{
    // RBAC's words; admission answers with the same status, and other words.
    private const string NoRight = "cannot create resource";

    public static CliException OfCreation(string pod, string ns, KubernetesException e)
    {
        var code = e.IsUnauthorized || (e.IsForbidden && e.Message.Contains(NoRight, StringComparison.Ordinal))
            ? CliExit.NotPermitted
            : CliExit.Staging;
        return new CliException(code, $"Staging pod {pod} was refused by namespace {ns}: {e.Message}{Remedy(e)}", e);
    }

    public static CliException OfStart(string pod, string ns, StageState state, TimeSpan? limit = null)
    {
        var within = limit is { } time ? $" within {time.TotalSeconds:0} s" : "";
        var remedy = state.Remedy
            ?? $"kubectl get events -n {ns} --field-selector involvedObject.name={pod} has more";
        return new CliException(CliExit.Staging, $"Staging pod {pod} did not start{within}: {state.Reason}; {remedy}");
    }

    public static CliException OfWatch(string pod, string ns, KubernetesException e) => new(
        e.IsForbidden || e.IsUnauthorized ? CliExit.NotPermitted : CliExit.Staging,
        $"Staging pod {pod} in namespace {ns} cannot be followed: {e.Message}",
        e);

    private static string Remedy(KubernetesException e) =>
        e.Message.Contains("exceeded quota", StringComparison.Ordinal)
            ? "; free some of the namespace's quota, or raise it"
        : e.Message.Contains("violates PodSecurity", StringComparison.Ordinal)
            ? "; the namespace asks for more than the restricted profile, or its admission webhooks change the pod"
        : "";
}
