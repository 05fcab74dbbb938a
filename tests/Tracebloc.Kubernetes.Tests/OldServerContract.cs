using System.Net;
using k8s;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A server of 1.20 differs from those in use.</summary>
public abstract class OldServerContract : ServerContract
{
    [Fact]
    public async Task CronJobs_are_of_v1beta1_alone()
    {
        var error = await RefusedAsync(
            () => Client.BatchV1.ListNamespacedCronJobAsync(Ns, cancellationToken: Cancelled));

        Assert.Equal(HttpStatusCode.NotFound, error.Code);
        Assert.Equal("the server could not find the requested resource", error.Status.Message);
        await Client.CustomObjects.ListNamespacedCustomObjectAsync(
            "batch", "v1beta1", Ns, "cronjobs", cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_Job_loses_the_fields_that_are_not_known()
    {
        var job = await Client.BatchV1.CreateNamespacedJobAsync(
            ContractJobs.Job("Failed"), Ns, cancellationToken: Cancelled);

        Assert.Null(job.Spec.PodReplacementPolicy);
        Assert.Equal(6, job.Spec.BackoffLimit);
    }

    [Fact]
    public async Task A_list_cannot_be_streamed()
    {
        var error = await RefusedAsync(() => Client.AppsV1.ListNamespacedDeploymentWithHttpMessagesAsync(
            Ns, resourceVersionMatch: "NotOlderThan", sendInitialEvents: true, watch: true,
            cancellationToken: Cancelled));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, error.Code);
        Assert.Contains("resourceVersionMatch is forbidden for watch", error.Status.Message);
    }

    [Fact]
    public async Task Pods_are_not_held_to_a_namespaces_labels()
    {
        await ContractPods.EnforceAsync(Client, Ns, "restricted", Cancelled);
        var pod = await Client.CoreV1.CreateNamespacedPodAsync(
            ContractPods.Plain(), Ns, dryRun: "All", cancellationToken: Cancelled);

        Assert.Equal("plain", pod.Metadata.Name);
    }
}

/// <summary>The fake plays 1.20 by default.</summary>
public sealed class FakeOldServerContract : OldServerContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Old, cancellationToken);
}
