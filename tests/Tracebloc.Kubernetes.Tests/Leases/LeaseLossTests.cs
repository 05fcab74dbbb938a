using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Leaders and candidates whose writes fail.</summary>
public sealed class LeaseLossTests : IAsyncLifetime
{
    private FakeKubernetesApi? _api;
    private Candidate? _candidate;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private Candidate Leader => _candidate ?? throw new InvalidOperationException("not started");

    private JsonNode Spec => Api.Get("lease/sync")["spec"]!;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        _candidate = new(_api, "first");
    }

    public async ValueTask DisposeAsync()
    {
        await Leader.StopAsync();
        Leader.Dispose();
        await Api.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_another_took_is_lost_at_once()
    {
        var leading = await LeadAsync();
        Edit(spec => spec["holderIdentity"] = "second");
        await Leader.PassAsync(2, Cancelled);

        await Leader.Cancelled;
        Assert.False(await leading);
        Assert.Equal("second", (string?)Spec["holderIdentity"]);
        Assert.Equal(["first", "second"], Leader.Holders);
    }

    [Fact]
    public async Task A_conflict_with_a_label_costs_nothing()
    {
        await LeadAsync();
        Api.Edit("lease/sync", lease => lease["metadata"]!["labels"] = new JsonObject { ["a"] = "b" });
        for (var round = 0; round < 8; round++) await Leader.PassAsync(2, Cancelled);

        Assert.False(Leader.IsCancelled);
        Assert.Equal("b", (string?)Api.Get("lease/sync")["metadata"]!["labels"]!["a"]);
    }

    [Fact]
    public async Task A_lease_that_was_deleted_is_lost_since_another_may_make_it_anew()
    {
        var leading = await LeadAsync();
        Api.Delete("lease/sync");
        await Leader.PassAsync(2, Cancelled);

        Assert.False(await leading);
    }

    [Fact]
    public async Task Renewals_that_fail_end_the_work_at_the_deadline_and_not_before()
    {
        var leading = await LeadAsync();
        Api.Fail("patch", "leases", FakeFault.Status(503), times: 10);
        for (var round = 0; round < 4; round++) await Leader.PassAsync(2, Cancelled);
        await Leader.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(2), Cancelled);
        Leader.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(Leader.IsCancelled);
        Leader.Time.Advance(TimeSpan.FromSeconds(0.1));

        await Leader.Cancelled;
        Assert.False(await leading);
        Assert.False(Leader.Election.IsLeader);
        Assert.All(Leader.Failures, failure => Assert.Equal(503, failure.Code));
    }

    [Fact]
    public async Task A_renewal_without_an_answer_ends_the_work_at_the_deadline_too()
    {
        var never = new TaskCompletionSource();
        var leading = await LeadAsync();
        Api.Fail("patch", "leases", FakeFault.Until(never.Task), times: 10);
        await Leader.PassAsync(2, Cancelled);
        await Leader.PassAsync(5, Cancelled);
        await Leader.PassAsync(2, Cancelled);
        Assert.False(Leader.IsCancelled);
        await Leader.PassAsync(1, Cancelled);

        await Leader.Cancelled;
        await Leader.PassAsync(4, Cancelled);
        Assert.False(await leading);
        never.SetResult();
    }

    [Fact]
    public async Task A_renewal_counts_from_the_time_at_which_it_was_sent()
    {
        var late = new TaskCompletionSource();
        await LeadAsync();
        Api.Fail("patch", "leases", FakeFault.Then(_ => late.Task));
        Api.Fail("patch", "leases", FakeFault.Status(503), times: 10);
        await Leader.PassAsync(2, Cancelled);
        await Api.WaitForCallAsync(call => call.Verb == "patch", Cancelled);
        Leader.Time.Advance(TimeSpan.FromSeconds(4));
        late.SetResult();
        await Leader.PassAsync(2, Cancelled);
        await Leader.PassAsync(2, Cancelled);
        await Leader.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(2), Cancelled);
        Leader.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(Leader.IsCancelled);
        Leader.Time.Advance(TimeSpan.FromSeconds(0.1));

        await Leader.Cancelled;
    }

    [Fact]
    public async Task A_renewal_whose_answer_was_lost_is_no_conflict_with_another()
    {
        await LeadAsync();
        Api.Fail("patch", "leases", FakeFault.DropAfter);
        for (var round = 0; round < 8; round++) await Leader.PassAsync(2, Cancelled);

        Assert.False(Leader.IsCancelled);
        Assert.Single(Leader.Failures);
    }

    [Fact]
    public async Task A_lease_that_was_won_without_an_answer_is_led_after_the_next_attempt()
    {
        Api.Fail("create", "leases", FakeFault.DropAfter);
        _ = Leader.LeadAsync();
        await Leader.PassAsync(2, Cancelled);
        await Leader.Started;

        Assert.Equal(0, (int?)Spec["leaseTransitions"]);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(403, "Forbidden")]
    public async Task A_lease_that_cannot_be_read_is_not_taken_for_absent(int code, string reason)
    {
        Api.Fail("get", "leases", FakeFault.Status(code, reason));
        _ = Leader.LeadAsync();
        await Leader.PassAsync(2, Cancelled);
        await Leader.Started;

        Assert.Equal(["get leases/sync", "get leases/sync", "create leases"], Api.Calls.Select(call => $"{call}"));
        Assert.Equal(code, Assert.Single(Leader.Failures).Code);
    }

    [Fact]
    public async Task A_proxy_that_knows_no_leases_is_no_absent_lease()
    {
        Api.Fail("get", "leases", FakeFault.Raw(404, "404 page not found"));
        _ = Leader.LeadAsync();
        await Leader.PassAsync(2, Cancelled);
        await Leader.Started;

        Assert.True(Assert.Single(Leader.Failures).IsTypeNotServed);
    }

    [Fact]
    public async Task A_candidate_that_is_too_late_to_create_the_lease_waits()
    {
        Api.Fail("create", "leases", FakeFault.First(_ =>
        {
            Api.Add("""
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"sync"},
                 "spec":{"holderIdentity":"second","leaseDurationSeconds":15}}
                """);
            return Task.CompletedTask;
        }));
        var waiting = Leader.LeadAsync();
        await Leader.PassAsync(2, Cancelled);
        await Leader.Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(2), Cancelled);

        Assert.False(waiting.IsCompleted);
        Assert.Equal("second", Leader.Election.Holder);
    }

    [Fact]
    public async Task A_release_that_fails_costs_no_more_than_the_lease()
    {
        Api.Fail("patch", "leases", FakeFault.Status(500, "InternalError"));

        Assert.True(await Leader.LeadAsync(_ => Task.CompletedTask));
        Assert.Single(Leader.Failures);
    }

    private async Task<Task<bool>> LeadAsync()
    {
        var leading = Leader.LeadAsync();
        await Leader.Started;
        return leading;
    }

    private void Edit(Action<JsonNode> change) => Api.Edit("lease/sync", lease => change(lease["spec"]!));
}
