using System.Net;
using k8s;
using k8s.Models;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// The differences of current servers from 1.20. No such server runs here: Kubernetes' sources and documentation are
/// the reference, and the official client, which is made for them, reads the answers.
/// </summary>
public sealed class FakeCurrentServerContract : ServerContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Current, cancellationToken);

    private FakeKubernetesApi Api => ((FakeContractServer)Server).Api;

    [Fact]
    public async Task The_version_says_which_server_is_played() =>
        Assert.Equal("v1.34.0", (await Client.Version.GetCodeAsync(Cancelled)).GitVersion);

    [Fact]
    public async Task CronJobs_are_of_v1_alone()
    {
        var created = await Client.BatchV1.CreateNamespacedCronJobAsync(new V1CronJob
        {
            Metadata = new() { Name = "tick" },
            Spec = new()
            {
                Schedule = "*/5 * * * *",
                JobTemplate = new() { Spec = new() { Template = ContractPods.Template() } },
            },
        }, Ns, cancellationToken: Cancelled);
        var error = await RefusedAsync(() => Client.CustomObjects.ListNamespacedCustomObjectAsync(
            "batch", "v1beta1", Ns, "cronjobs", cancellationToken: Cancelled));

        Assert.Equal(("Allow", false), (created.Spec.ConcurrencyPolicy, created.Spec.Suspend));
        Assert.Equal((HttpStatusCode.NotFound, "404 page not found\n"), (error.Code, error.Text));
    }

    [Fact]
    public async Task A_streamed_list_ends_with_a_bookmark_that_says_so()
    {
        await ApplyAsync("chart", Web());
        var seen = new List<(WatchEventType Type, V1Deployment Object)>();
        var changes = Client.AppsV1.WatchListNamespacedDeploymentAsync(
            Ns, allowWatchBookmarks: true, resourceVersionMatch: "NotOlderThan", sendInitialEvents: true,
            cancellationToken: Cancelled);
        await foreach (var (type, item) in changes)
        {
            seen.Add((Enum.Parse<WatchEventType>(type.ToString()), item));
            if (seen.Count == 2) break;
        }

        Assert.Equal([WatchEventType.Added, WatchEventType.Bookmark], seen.Select(one => one.Type));
        Assert.Equal("web", seen[0].Object.Metadata.Name);
        Assert.Equal("true", seen[1].Object.Metadata.Annotations["k8s.io/initial-events-end"]);
        var list = await Client.AppsV1.ListNamespacedDeploymentAsync(Ns, cancellationToken: Cancelled);
        Assert.Equal(list.Metadata.ResourceVersion, seen[1].Object.Metadata.ResourceVersion);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "Exact")]
    [InlineData(null, "NotOlderThan")]
    public async Task A_streamed_list_must_be_asked_for_in_full(bool? initial, string? match)
    {
        var error = await RefusedAsync(() => Client.AppsV1.ListNamespacedDeploymentWithHttpMessagesAsync(
            Ns, resourceVersionMatch: match, sendInitialEvents: initial, watch: true, cancellationToken: Cancelled));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, error.Code);
    }

    [Fact]
    public async Task A_namespace_refuses_pods_that_break_its_profile()
    {
        await ContractPods.EnforceAsync(Client, Ns, "restricted", Cancelled);
        var error = await RefusedAsync(() => Client.CoreV1.CreateNamespacedPodAsync(
            ContractPods.Plain(), Ns, cancellationToken: Cancelled));
        await Client.CoreV1.CreateNamespacedPodAsync(ContractPods.Restricted(), Ns, cancellationToken: Cancelled);

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (error.Code, error.Status.Reason));
        Assert.Equal("pods \"plain\" is forbidden: violates PodSecurity \"restricted:latest\": "
            + "allowPrivilegeEscalation != false (container \"load\" must set "
            + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"load\" must set "
            + "securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or container \"load\" must set "
            + "securityContext.runAsNonRoot=true), seccompProfile (pod or container \"load\" must set "
            + "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")", error.Status.Message);
    }

    [Fact]
    public async Task The_baseline_profile_forbids_what_reaches_the_node()
    {
        await ContractPods.EnforceAsync(Client, Ns, "baseline", Cancelled);
        var pod = ContractPods.Plain();
        (pod.Spec.HostNetwork, pod.Spec.Volumes) = (true, [new() { Name = "disk", HostPath = new() { Path = "/" } }]);
        pod.Spec.Containers[0].SecurityContext = new() { Privileged = true };
        var error = await RefusedAsync(
            () => Client.CoreV1.CreateNamespacedPodAsync(pod, Ns, cancellationToken: Cancelled));
        await Client.CoreV1.CreateNamespacedPodAsync(ContractPods.Plain(), Ns, cancellationToken: Cancelled);

        Assert.EndsWith("violates PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true), hostPath "
            + "volumes (volume \"disk\"), privileged (container \"load\" must not set securityContext.privileged=true)",
            error.Status.Message);
    }

    [Fact]
    public async Task A_workload_is_stored_with_a_warning_and_its_pods_are_refused()
    {
        await ContractPods.EnforceAsync(Client, Ns, "restricted", Cancelled);
        await ContractPods.LabelAsync(Client, Ns, "warn", "restricted", Cancelled);
        using var created = await Client.AppsV1.CreateNamespacedDeploymentWithHttpMessagesAsync(
            Official.FromJson<V1Deployment>(Web()), Ns, cancellationToken: Cancelled);

        var warning = Assert.Single(created.Response.Headers.GetValues("Warning"));
        Assert.StartsWith("299 - \"would violate PodSecurity \\\"restricted:latest\\\": allowPrivilege", warning);
        Assert.Empty((await Client.CoreV1.ListNamespacedPodAsync(Ns, cancellationToken: Cancelled)).Items);
        var live = await Client.AppsV1.ReadNamespacedDeploymentAsync("web", Ns, cancellationToken: Cancelled);
        var failure = live.Status.Conditions.Single(condition => condition.Type == "ReplicaFailure");
        Assert.Equal("FailedCreate", failure.Reason);
        Assert.Contains("violates PodSecurity", failure.Message);
    }

    [Fact]
    public async Task A_rollout_whose_pods_are_refused_leaves_the_old_ones_at_work()
    {
        await ApplyAsync("chart", Web());
        await ContractPods.EnforceAsync(Client, Ns, "restricted", Cancelled);
        await ApplyAsync("chart", Web("next"));

        var pod = Assert.Single((await Client.CoreV1.ListNamespacedPodAsync(Ns, cancellationToken: Cancelled)).Items);
        Assert.Equal("registry.example.com/api:stable", pod.Spec.Containers[0].Image);
        var live = await Client.AppsV1.ReadNamespacedDeploymentAsync("web", Ns, cancellationToken: Cancelled);
        Assert.Contains(live.Status.Conditions, condition => condition.Type == "ReplicaFailure");
    }

    [Theory]
    [InlineData(null, "TerminatingOrFailed", 2)]
    [InlineData("Failed", "Failed", 1)]
    public async Task The_policy_decides_when_a_Jobs_pod_is_replaced(string? asked, string policy, int pods)
    {
        var job = await Client.BatchV1.CreateNamespacedJobAsync(
            ContractJobs.Job(asked), Ns, cancellationToken: Cancelled);
        Assert.Equal(policy, job.Spec.PodReplacementPolicy);
        var first = Assert.Single(await PodsAsync());
        Api.TerminatePod(first);

        Assert.Equal(pods, (await PodsAsync()).Count);
        Assert.Equal((1, pods == 2 ? 1 : null), await CountsAsync());

        Api.FinishPod(first, "Failed");
        Assert.Equal((0, 1), await CountsAsync());
        Api.FinishPod((await PodsAsync()).Single(name => name != first), "Succeeded");
        var done = await Client.BatchV1.ReadNamespacedJobAsync("load", Ns, cancellationToken: Cancelled);
        Assert.Equal("Complete", Assert.Single(done.Status.Conditions).Type);
        Assert.Equal((1, 1), (done.Status.Succeeded, done.Status.Failed));
    }

    [Fact]
    public async Task The_policy_is_one_of_two_and_stays()
    {
        var unknown = await RefusedAsync(() => Client.BatchV1.CreateNamespacedJobAsync(
            ContractJobs.Job("Never"), Ns, cancellationToken: Cancelled));
        await Client.BatchV1.CreateNamespacedJobAsync(ContractJobs.Job("Failed"), Ns, cancellationToken: Cancelled);
        var changed = await RefusedAsync(() => Client.BatchV1.PatchNamespacedJobAsync(
            new k8s.Models.V1Patch("""{"spec":{"podReplacementPolicy":"TerminatingOrFailed"}}""",
                k8s.Models.V1Patch.PatchType.MergePatch), "load", Ns, cancellationToken: Cancelled));

        Assert.Contains("supported values: \"Failed\", \"TerminatingOrFailed\"", unknown.Status.Message);
        Assert.Contains("field is immutable", changed.Status.Message);
    }

    private async Task<IReadOnlyList<string>> PodsAsync()
    {
        var list = await Client.CoreV1.ListNamespacedPodAsync(
            Ns, labelSelector: "batch.kubernetes.io/job-name=load", cancellationToken: Cancelled);
        return [.. list.Items.Select(pod => pod.Metadata.Name)];
    }

    private async Task<(int? Terminating, int? Active)> CountsAsync()
    {
        var job = await Client.BatchV1.ReadNamespacedJobAsync("load", Ns, cancellationToken: Cancelled);
        return (job.Status.Terminating, job.Status.Active);
    }
}
