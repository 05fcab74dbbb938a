using Tracebloc.Database;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Web;

/// <summary>The services that a submission needs: the database with the run table, and the API server.</summary>
/// <param name="Fault">The service that gives no answer; null where all do.</param>
internal sealed record Readiness(string? Fault)
{
    /// <summary>The kubelet's probe gives up after a few seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<Readiness> ReadAsync(
        RunTable table, KubernetesClient client, TimeProvider time, CancellationToken token)
    {
        using var deadline = new Deadline(Patience, time, token);
        var service = "database";
        try
        {
            await table.ListAsync(null, 1, deadline.Token);
            service = "API server";
            await client.VersionAsync(deadline.Token);
            return new Readiness(Fault: null);
        }
        catch (Exception away) when (
            away is DatabaseException or KubernetesException
            || (away is OperationCanceledException && deadline.HasPassed))
        {
            return new Readiness($"The {service} gives no answer");
        }
    }
}
