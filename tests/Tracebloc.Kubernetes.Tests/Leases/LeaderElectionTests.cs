using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class LeaderElectionTests : IAsyncLifetime
{
    private FakeKubernetesApi? _api;
    private Candidate? _first;
    private Candidate? _second;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private Candidate First => _first ?? throw new InvalidOperationException("not started");

    private Candidate Second => _second ?? throw new InvalidOperationException("not started");

    private JsonNode Spec => Api.Get("lease/sync")["spec"]!;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        (_first, _second) = (new(_api, "first"), new(_api, "second"));
    }

    public async ValueTask DisposeAsync()
    {
        await First.StopAsync();
        await Second.StopAsync();
        First.Dispose();
        Second.Dispose();
        await Api.DisposeAsync();
    }

    [Fact]
    public async Task The_first_candidate_makes_the_lease_and_leads()
    {
        var leading = First.LeadAsync();
        await First.Started;

        Assert.True(First.Election.IsLeader);
        Assert.Equal(("first", 15, 0), ((string?)Spec["holderIdentity"], (int?)Spec["leaseDurationSeconds"],
            (int?)Spec["leaseTransitions"]));
        Assert.Equal(["first"], First.Holders);
        Assert.False(leading.IsCompleted);
    }

    [Fact]
    public async Task A_second_candidate_waits_for_as_long_as_it_sees_the_lease_renewed()
    {
        _ = First.LeadAsync();
        await First.Started;
        var waiting = Second.LeadAsync();
        for (var round = 0; round < 20; round++)
        {
            await First.PassAsync(2, Cancelled);
            await Api.WaitForCallAsync(_ => Api.Count("patch", "leases") > round, Cancelled);
            await Second.PassAsync(2, Cancelled);
        }

        Assert.False(waiting.IsCompleted);
        Assert.Equal("first", Second.Election.Holder);
        Assert.False(Second.Election.IsLeader);
        Assert.False(First.IsCancelled);
        Assert.DoesNotContain(Api.Writes, call => call.Body.Contains("second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_for_its_duration_is_taken()
    {
        _ = First.LeadAsync();
        await First.Started;
        _ = Second.LeadAsync();
        for (var round = 0; round < 7; round++) await Second.PassAsync(2, Cancelled);
        await Second.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(2), Cancelled);
        Assert.Equal("first", (string?)Spec["holderIdentity"]);
        await Second.PassAsync(2, Cancelled);
        await Second.Started;

        Assert.Equal(("second", 1), ((string?)Spec["holderIdentity"], (int?)Spec["leaseTransitions"]));
    }

    [Fact]
    public async Task A_leader_whose_process_stood_still_learns_of_it_at_once()
    {
        var leading = First.LeadAsync();
        await First.Started;
        _ = Second.LeadAsync();
        for (var round = 0; round < 8; round++) await Second.PassAsync(2, Cancelled);
        await Second.Started;
        First.Time.Advance(TimeSpan.FromSeconds(30));

        await First.Cancelled;
        Assert.False(await leading);
        Assert.True(Second.Election.IsLeader);
        Assert.Equal("second", (string?)Spec["holderIdentity"]);
    }

    [Fact]
    public async Task The_wall_clocks_of_candidates_may_differ_by_hours()
    {
        Second.Time.SetUtcNow(Second.Time.GetUtcNow().AddHours(5));
        _ = First.LeadAsync();
        await First.Started;
        var waiting = Second.LeadAsync();
        for (var round = 0; round < 6; round++) await Second.PassAsync(2, Cancelled);
        await Second.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(2), Cancelled);

        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_leader_that_stops_clears_the_holder_after_its_work_has_ended()
    {
        var end = new TaskCompletionSource();
        First.MayEnd = end.Task;
        var leading = First.LeadAsync();
        await First.Started;
        await First.StopAsync();
        await First.Cancelled;
        await First.PassAsync(2, Cancelled);
        await Api.WaitForCallAsync(call => call is { Verb: "patch", Status: 200 }, Cancelled);
        Assert.Equal("first", (string?)Spec["holderIdentity"]);
        end.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leading);
        Assert.Equal((null, 1), ((string?)Spec["holderIdentity"], (int?)Spec["leaseDurationSeconds"]));
        Assert.False(First.Election.IsLeader);
    }

    [Fact]
    public async Task A_lease_that_was_released_is_taken_at_the_next_attempt()
    {
        var leading = First.LeadAsync();
        await First.Started;
        _ = Second.LeadAsync();
        await Second.PassAsync(2, Cancelled);
        await First.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leading);
        await Second.PassAsync(2, Cancelled);
        await Second.Started;

        Assert.Equal(1, (int?)Spec["leaseTransitions"]);
        Assert.Contains("second", Second.Holders);
    }

    [Fact]
    public async Task Work_that_ends_by_itself_releases_the_lease()
    {
        Assert.True(await First.LeadAsync(_ => Task.CompletedTask));

        Assert.Null((string?)Spec["holderIdentity"]);
        Assert.Null(First.Election.Holder);
    }

    [Fact]
    public async Task Work_that_fails_releases_the_lease()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => First.LeadAsync(_ => throw new InvalidDataException("broken")));

        Assert.Null((string?)Spec["holderIdentity"]);
        Assert.False(First.Election.IsLeader);
    }

    [Fact]
    public async Task Who_waits_can_give_up()
    {
        _ = First.LeadAsync();
        await First.Started;
        var waiting = Second.LeadAsync();
        await Second.StopAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(15, 15, 2)]
    [InlineData(15, 10, 9)]
    [InlineData(0.5, 0.4, 0.1)]
    [InlineData(15, 10, 0)]
    public void Times_that_contradict_each_other_are_refused(double duration, double deadline, double period)
    {
        using var client = new KubernetesClient(new() { Server = Api.Address }, TimeProvider.System);
        var options = new LeaderElectionOptions
        {
            Namespace = "tracebloc",
            Name = "sync",
            Identity = LeaderElectionOptions.UniqueIdentity("pod"),
            LeaseDuration = TimeSpan.FromSeconds(duration),
            RenewDeadline = TimeSpan.FromSeconds(deadline),
            RetryPeriod = TimeSpan.FromSeconds(period),
        };

        Assert.Throws<ArgumentException>(() => new LeaderElection(client, options));
    }
}
