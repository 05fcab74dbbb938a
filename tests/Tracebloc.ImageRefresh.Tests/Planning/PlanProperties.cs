using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>The workload ends at the newest healthy digest, whatever happens between and within ticks.</summary>
public sealed class PlanProperties
{
    /// <summary>With one attempt, two that go back together are both to blame.</summary>
    public static IEnumerable<TheoryDataRow<string, OnFailure, int>> Worlds =>
        from actions in (string[])["restart", "setEnv", "both", "setImage", "restart, setImage"]
        from world in ((OnFailure, int)[])
            [(OnFailure.Keep, 1), (OnFailure.Keep, 3), (OnFailure.Rollback, 2), (OnFailure.Rollback, 3)]
        select new TheoryDataRow<string, OnFailure, int>(actions, world.Item1, world.Item2);

    /// <summary>A CronJob has no rollout, so that none fails or is rolled back.</summary>
    public static IEnumerable<TheoryDataRow<string, OnFailure, int>> CronJobWorlds =>
        from actions in (string[])["cronjob, setEnv", "cronjob, setImage"]
        from maxAttempts in (int[])[1, 3]
        select new TheoryDataRow<string, OnFailure, int>(actions, OnFailure.Keep, maxAttempts);

    [Theory]
    [MemberData(nameof(Worlds))]
    [MemberData(nameof(CronJobWorlds))]
    public void Any_history_converges_to_the_newest_healthy_digest(
        string actions, OnFailure onFailure, int maxAttempts)
    {
        var histories = Gen.ArrayOf(Gen.Elements(Enum.GetValues<WorldEvent>())).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(40),
            Prop.ForAll(histories, history =>
            {
                var world = new ModelWorld(actions, onFailure, maxAttempts);
                foreach (var notification in history)
                    world.Happen(notification);
                world.EndHealthy();
            }));
    }

    [Fact]
    public void A_broken_digest_that_stays_is_rolled_out_no_more_often_than_the_budget_allows()
    {
        var world = new ModelWorld("both", OnFailure.Keep);
        world.Happen(WorldEvent.PushBroken);
        for (var tick = 0; tick < 20; tick++)
            world.Happen(WorldEvent.Tick);

        Assert.Equal(Some.Policy.MaxRefreshAttempts, world.Cluster.Rollouts);
        Assert.All(world.Last.Images, image => Assert.Equal(Outcome.GaveUp, image.Outcome));
    }

    [Theory]
    [InlineData("restart", 2)]
    [InlineData("setEnv", 2)]
    [InlineData("both", 6)]
    public void A_broken_digest_that_goes_back_is_rolled_out_once_alone_and_never_again(string actions, int rollouts)
    {
        var world = new ModelWorld(actions, OnFailure.Rollback);
        world.Happen(WorldEvent.PushBroken);
        for (var tick = 0; tick < 20; tick++)
            world.Happen(WorldEvent.Tick);

        Assert.Equal(rollouts, world.Cluster.Rollouts);
        Assert.True(world.Cluster.IsSettled);
        Assert.All(world.Last.Images, image => Assert.Equal(Outcome.Quarantined, image.Outcome));
    }

    [Fact]
    public void A_digest_that_never_ran_is_not_gone_back_to()
    {
        var world = new ModelWorld("restart", OnFailure.Rollback);
        world.Happen(WorldEvent.PushBroken);
        world.Happen(WorldEvent.TickKilledAfterPatch);
        world.Happen(WorldEvent.PushHealthy);
        world.Happen(WorldEvent.ContainerStartsAgain);
        world.Happen(WorldEvent.PushBroken);
        world.Happen(WorldEvent.Tick);

        Assert.Equal(Outcome.RolledBack, Assert.Single(world.Last.Images).Outcome);
        Assert.True(world.Cluster.IsSettled);
    }

    [Theory]
    [InlineData(WorldEvent.PushBrokenManagerAndHealthyIngestor, Outcome.Quarantined, Outcome.Unchanged)]
    [InlineData(WorldEvent.PushHealthyManagerAndBrokenIngestor, Outcome.Unchanged, Outcome.Quarantined)]
    public void Of_two_that_failed_together_only_the_broken_one_stays_in_quarantine(
        object push, object manager, object ingestor)
    {
        var world = new ModelWorld("both", OnFailure.Rollback);
        world.Happen((WorldEvent)push);
        for (var tick = 0; tick < 5; tick++)
            world.Happen(WorldEvent.Tick);

        Assert.Equal([(Outcome)manager, (Outcome)ingestor], world.Last.Images.Select(image => image.Outcome));
        Assert.True(world.Cluster.IsSettled);
        // Both and back; the one and the other alone, and the broken one back.
        Assert.Equal(5, world.Cluster.Rollouts);
    }
}
