using System.Text.Json.Nodes;
using k8s;
using Tracebloc.Judge;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Leases of a fake and a real server, read by the official client.</summary>
public abstract class LeaseContract : IAsyncLifetime
{
    private ContractServer? _server;
    private KubernetesClient? _client;
    private IKubernetes? _judge;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private KubernetesClient Client => _client ?? throw new InvalidOperationException("not connected");

    private IKubernetes Judge => _judge ?? throw new InvalidOperationException("not connected");

    /// <summary>Reaches a server, or skips with the reason.</summary>
    protected abstract ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken);

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectAsync(Cancelled);
        _client = new(_server.Administrator, TimeProvider.System);
        _judge = Official.Open(OfficialConfiguration.Of(_server.Administrator));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        _judge?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_second_candidate_leads_as_soon_as_the_first_has_released_the_lease()
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var first = Candidate("first").LeadAsync(Lead(started), stop.Token);
        await started.Task.WaitAsync(Bound.OfWaits, TimeProvider.System, Cancelled);
        var lease = await LeaseAsync();
        Assert.Equal(("first", 3, 0),
            (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds, lease.Spec.LeaseTransitions));
        Assert.NotNull(lease.Spec.AcquireTime);

        var second = Candidate("second").LeadAsync(_ => LeaseAsync(), Cancelled);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True(await second.WaitAsync(Bound.OfWaits, TimeProvider.System, Cancelled));
        lease = await LeaseAsync();
        Assert.Null(lease.Spec.HolderIdentity);
        Assert.Equal((1, 1), (lease.Spec.LeaseDurationSeconds, lease.Spec.LeaseTransitions));
    }

    [Fact]
    public async Task A_lease_is_renewed_while_the_work_goes_on()
    {
        var renewed = false;
        var ended = await Candidate("first").LeadAsync(
            async token =>
            {
                var first = (await LeaseAsync()).Spec.RenewTime;
                var changes = Client.WatchAsync(
                    ResourceType.Leases, Client.Namespace, new(), ContractJson.Default.JsonObject, token);
                await foreach (var _ in changes)
                    if (renewed = (await LeaseAsync()).Spec.RenewTime > first) break;
            },
            Cancelled);

        Assert.True(ended && renewed);
    }

    [Fact]
    public async Task The_lease_of_a_candidate_that_died_is_taken()
    {
        await Client.CreateAsync(
            ResourceType.Leases, Client.Namespace,
            new JsonObject
            {
                ["apiVersion"] = "coordination.k8s.io/v1",
                ["kind"] = "Lease",
                ["metadata"] = new JsonObject { ["name"] = "sync" },
                ["spec"] = new JsonObject
                {
                    ["holderIdentity"] = "dead",
                    ["leaseDurationSeconds"] = 1,
                    ["renewTime"] = "2020-01-01T00:00:00.000000Z",
                    ["leaseTransitions"] = 6,
                },
            },
            new(), ContractJson.Default.JsonObject, Cancelled);
        var holder = "";
        await Candidate("heir").LeadAsync(
            async _ => holder = (await LeaseAsync()).Spec.HolderIdentity, Cancelled);

        Assert.Equal("heir", holder);
        Assert.Equal(7, (await LeaseAsync()).Spec.LeaseTransitions);
    }

    private static Func<CancellationToken, Task> Lead(TaskCompletionSource started) => async token =>
    {
        started.SetResult();
        await new TaskCompletionSource().Task.WaitAsync(token);
    };

    private LeaderElection Candidate(string identity) => new(Client, new()
    {
        Namespace = Client.Namespace,
        Name = "sync",
        Identity = identity,
        LeaseDuration = TimeSpan.FromSeconds(3),
        RenewDeadline = TimeSpan.FromSeconds(2),
        RetryPeriod = TimeSpan.FromSeconds(0.2),
    });

    private Task<k8s.Models.V1Lease> LeaseAsync() => Judge.CoordinationV1.ReadNamespacedLeaseAsync(
        "sync", Client.Namespace, cancellationToken: Cancelled);
}

/// <summary>The contract of leases, run against the fake.</summary>
public sealed class FakeLeaseContract : LeaseContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Current, cancellationToken);
}
