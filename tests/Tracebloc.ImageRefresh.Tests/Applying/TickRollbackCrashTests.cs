using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>
/// A rollback that is cut off at any of its calls: the ticks after it go on where it stopped, with one rollout of the
/// bad digest and one back.
/// </summary>
public sealed class TickRollbackCrashTests
{
    /// <summary>More than any rollback makes; a test ends with the first call number that is not reached.</summary>
    private const int MostCalls = 30;

    /// <summary>GET, PATCH, PODS, PATCH, PATCH; and where the workload may be watched, that twice.</summary>
    private const int FewestCalls = 5;

    public static TheoryData<bool, bool, bool> Cuts => new MatrixTheoryData<bool, bool, bool>(
        [false, true], [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_off_at_any_call_it_goes_back_once_and_never_forward_again(
        bool after, bool watches, bool restarts)
    {
        var cut = 0;
        while (await CutAtAsync(cut + 1, after, watches, restarts))
            Assert.True(++cut < MostCalls, "the rollback never ended");
        Assert.True(cut >= FewestCalls + (watches ? 2 : 0), $"only {cut} calls were cut");
    }

    private static async Task<bool> CutAtAsync(int number, bool after, bool watches, bool restarts)
    {
        await using var fixture = await StartAsync();
        var image = (restarts ? fixture.Restart() : fixture.SetEnv()).RollingBack();
        if (restarts)
            fixture.RunInApi(image.Image);
        var good = await fixture.SeenAsync(image);
        var before = fixture.Api.Rollouts(Acme).Count;
        var broken = fixture.Push(image.Name, "broken");
        fixture.Api.OnRollout(Acme, rollout => Holds(rollout, $"{good}") ? RolloutBehaviour.Completes
            : RolloutBehaviour.Crashes);
        if (!watches)
            fixture.Api.Deny("watch", "deployments");

        var wasCut = await fixture.TickCutAsync(number, after);
        var codes = await fixture.ExitCodesAsync(3);

        Assert.Equal(13, codes[^1]);
        var rollouts = fixture.Api.Rollouts(Acme).Skip(before).ToList();
        Assert.Equal([false, true], rollouts.Select(rollout => Holds(rollout, $"{good}")));
        var record = fixture.Record(image.Name);
        Assert.Equal((good, good, 0), (record.Settled, record.Applied, record.Attempts));
        Assert.Equal((broken, 1), (record.GaveUp, record.Quarantine.Find(broken)?.Failures));
        Assert.True(record.Quarantine.Bars(broken));
        return wasCut;
    }

    private static bool Holds(FakeRollout rollout, string digest) =>
        rollout.Variable("api", Variable) == digest || rollout.Image("api")?.EndsWith(digest) == true;
}
