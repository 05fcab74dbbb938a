using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>
/// A refresh that is cut off at any of its calls, before the server sees it or after it has answered: the next tick
/// neither restarts a second time nor loses the update. The integration tests do the same to the published program by
/// SIGKILL.
/// </summary>
public sealed class TickCrashTests
{
    /// <summary>More than any refresh here makes; a test ends with the first call number that is not reached.</summary>
    private const int MostCalls = 20;

    public static TheoryData<bool, bool, bool> Cuts => new MatrixTheoryData<bool, bool, bool>(
        [false, true], [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_off_at_any_call_it_makes_one_rollout_and_the_right_record(
        bool after, bool watches, bool completes)
    {
        var cut = 0;
        while (await CutAtAsync(cut + 1, new(after, watches, completes)))
            Assert.True(++cut < MostCalls, "the refresh never ended");
        Assert.True(cut >= (watches ? 4 : 5), $"only {cut} calls were cut");
    }

    [Fact]
    public async Task Cut_off_twice_in_a_row_it_still_makes_one_rollout()
    {
        for (var first = 1; first <= 4; first++)
        {
            for (var second = 1; second <= 3; second++)
            {
                await using var fixture = await StartAsync();
                await fixture.SeenAsync(fixture.SetEnv(), fixture.Restart());
                var (newer, other) = (fixture.Push("ingestor", "2"), fixture.Push("manager", "2"));
                await fixture.TickCutAsync(first, after: true);
                await fixture.TickCutAsync(second, after: true);

                await fixture.TickAsync();

                fixture.AssertRollouts(1);
                fixture.AssertSettled("ingestor", newer);
                fixture.AssertSettled("manager", other);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patch_whose_answer_is_lost_is_not_sent_again(bool arrived)
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        var newer = fixture.Push("ingestor", "2");
        fixture.Api.Fail("patch", "deployments", arrived ? FakeFault.DropAfter : FakeFault.DropBefore);

        var lost = await fixture.TickAsync();

        Assert.Equal((Outcome.Unreachable, 11), (Assert.Single(lost.Images).Outcome, lost.ExitCode));
        fixture.AssertRollouts(arrived ? 1 : 0);
        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);
        fixture.AssertRollouts(1);
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task A_record_that_could_not_be_written_is_written_by_the_next_tick()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        var newer = fixture.Push("manager", "2");
        fixture.Api.Fail(call => call.Body.Contains("last-refreshed"), FakeFault.Status(500));

        Assert.Equal(11, (await fixture.TickAsync()).ExitCode);

        var next = await fixture.TickAsync();
        Assert.Equal((Outcome.Settled, 0), (Assert.Single(next.Images).Outcome, next.ExitCode));
        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", newer);
    }

    /// <summary>After: the server has carried the call out when the process goes; otherwise it never sees it.</summary>
    private sealed record Cut(bool After, bool Watches, bool Completes);

    /// <returns>False when the refresh was over before that call.</returns>
    private static async Task<bool> CutAtAsync(int number, Cut cut)
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv(), fixture.Restart());
        var (newer, other) = (fixture.Push("ingestor", "2"), fixture.Push("manager", "2"));
        if (!cut.Watches)
            fixture.Api.Deny("watch", "deployments");
        if (!cut.Completes)
            fixture.Api.OnRollout(Acme, RolloutBehaviour.Progresses);
        var completion = CompleteOnceLookedAtAsync(fixture);

        var wasCut = await fixture.TickCutAsync(number, cut.After);
        if (fixture.Api.Rollouts(Acme).Count > 0)
            fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);
        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.Equal($"{newer}", fixture.LiveVariable());
        fixture.AssertRollouts(1);
        fixture.AssertSettled("ingestor", newer);
        fixture.AssertSettled("manager", other);
        Assert.False(completion.IsFaulted);
        return wasCut;
    }

    // So that a refresh that is not cut before ends, and has looked at the pods.
    private static async Task CompleteOnceLookedAtAsync(TickFixture fixture)
    {
        await fixture.WaitForAsync(call => call is { Verb: "list", Resource: "pods", Status: 200 });
        fixture.Api.SetRollout(Acme, RolloutBehaviour.Completes);
    }
}
