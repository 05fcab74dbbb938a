using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>Whatever happens between and within ticks, the workload ends at the newest healthy digest.</summary>
public sealed class PlanProperties
{
    private enum Event
    {
        PushHealthy,
        PushBroken,
        PushEarlier,
        Tick,
        TickKilledBeforePatch,
        TickKilledAfterPatch,
        TickWithConflict,
        TickWithoutRegistry,
        TickWhileProgressing,
        HelmResetsTheValue,
        SomebodySetsAnotherDigest,
        SomebodyUndoesTheRollout,
    }

    [Theory]
    [InlineData("restart")]
    [InlineData("setEnv")]
    [InlineData("both")]
    public void Any_history_converges_to_the_newest_healthy_digest(string actions)
    {
        var histories = Gen.ArrayOf(Gen.Elements(Enum.GetValues<Event>())).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(40),
            Prop.ForAll(histories, history =>
            {
                var world = new World(actions);
                foreach (var happening in history)
                    world.Happen(happening);
                world.EndHealthy();
            }));
    }

    [Fact]
    public void A_broken_digest_that_stays_is_rolled_out_no_more_often_than_the_budget_allows()
    {
        var world = new World("both");
        world.Happen(Event.PushBroken);
        for (var tick = 0; tick < 20; tick++)
            world.Happen(Event.Tick);

        Assert.Equal(Some.Policy.MaxRefreshAttempts, world.Cluster.Rollouts);
        Assert.All(world.Last.Images, image => Assert.Equal(Outcome.GaveUp, image.Outcome));
    }

    /// <summary>A registry, a cluster, and a worker that may be killed, all in one thread.</summary>
    private sealed class World
    {
        private readonly HashSet<(string, Digest, int)> _rolled = [];
        private readonly List<Digest> _pushed = [Pushed(0)];
        private DateTimeOffset _now = Some.Now;
        private bool _lastRolloutWasForeign;

        private readonly TrackedImage[] _images;

        public World(string actions)
        {
            _images = actions switch
            {
                "restart" => [Some.Restarted()],
                "setEnv" => [Some.EnvSet()],
                _ => [Some.Restarted(), Some.EnvSet()],
            };
            Cluster = new ModelCluster(IsHealthy, _pushed[0]);
            Last = Tick();
        }

        public ModelCluster Cluster { get; }

        public WorkloadPlan Last { get; private set; }

        private bool Restarts => _images[0].Action is RefreshAction.Restart;

        private bool SetsEnv => _images[^1].Action is RefreshAction.SetEnv;

        public void Happen(Event happening)
        {
            switch (happening)
            {
                case Event.PushHealthy or Event.PushBroken:
                    Push(happening == Event.PushHealthy);
                    break;
                case Event.PushEarlier:
                    Cluster.Served = _pushed[_pushed.Count / 2];
                    break;
                case Event.HelmResetsTheValue:
                    Interfere(() => Cluster.SetEnv(null));
                    break;
                case Event.SomebodySetsAnotherDigest:
                    Interfere(() => Cluster.SetEnv(_pushed[0].ToString()));
                    break;
                case Event.SomebodyUndoesTheRollout:
                    Interfere(Cluster.Undo);
                    break;
                default:
                    Last = Tick(happening);
                    break;
            }
        }

        /// <summary>Faults end and a healthy digest is served: so many ticks later all has to be in order.</summary>
        public void EndHealthy()
        {
            if (!IsHealthy(Cluster.Served))
                Push(healthy: true);
            for (var tick = 0; tick < 4; tick++)
                Tick();
            var last = Tick();

            Assert.All(last.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
            Assert.True(last.Edit.IsEmpty);
            Assert.All(last.Images, image => Assert.Equal(Cluster.Served, image.After.Settled));
            Assert.All(last.Images, image => Assert.Equal((0, null), (image.After.Attempts, image.After.GaveUp)));
            // What somebody else's rollout pulled between two ticks leaves no trace that a restart could be planned by.
            Assert.True(!Restarts || _lastRolloutWasForeign || Cluster.Pulled == Cluster.Served);
            var neverSet = last.Images[^1].After.Applied is null && Cluster.LiveText is null;
            Assert.True(!SetsEnv || neverSet || Cluster.LiveDigest == Cluster.Served);
        }

        private WorkloadPlan Tick(Event kind = Event.Tick)
        {
            _now += TimeSpan.FromMinutes(15);
            var answer = kind == Event.TickWithoutRegistry ? Some.Away() : Some.Ok(Cluster.Served);
            var sightings = _images.Select(image => new ImageSighting(image, answer)).ToList();
            var seen = kind == Event.TickWhileProgressing
                ? Cluster.Observe() with { Rollout = RolloutStatus.Progressing("0 of 1 new replicas are available") }
                : Cluster.Observe();
            var plan = Planner.Plan(seen, sightings, Some.Policy, _now);
            if (kind == Event.TickKilledBeforePatch)
                return plan;
            if (kind == Event.TickWithConflict)
            {
                Interfere(() => Cluster.SetEnv(null));
                plan = Planner.Plan(Cluster.Observe(), sightings, Some.Policy, _now);
            }
            var before = Cluster.Rollouts;
            Cluster.Patch(plan.Edit);
            Assert.InRange(Cluster.Rollouts - before, 0, 1);
            NoteRollouts(plan, Cluster.Rollouts > before);
            _lastRolloutWasForeign &= Cluster.Rollouts == before;
            if (!plan.Rolls || kind == Event.TickKilledAfterPatch)
                return plan;
            var conclusion = Planner.Conclude(Cluster.Observe(), plan.Images, Some.Policy);
            Assert.False(conclusion.Rolls);
            Cluster.Patch(conclusion.Edit);
            return conclusion;
        }

        // An attempt at a digest is made once: a second one has another number, unless the first settled, another
        // digest came between, or somebody else touched the workload.
        private void NoteRollouts(WorkloadPlan plan, bool rolled)
        {
            foreach (var image in plan.Images)
            {
                if (image.After.Attempts == 0)
                    _rolled.RemoveWhere(attempt => attempt.Item1 == image.Image.Name);
                if (image.Target is not { } target)
                    continue;
                _rolled.RemoveWhere(attempt => attempt.Item1 == image.Image.Name && attempt.Item2 != target);
                Assert.True(image.After.Attempts <= Some.Policy.MaxRefreshAttempts);
                Assert.True(!rolled || _rolled.Add((image.Image.Name, target, image.After.Attempts)));
            }
        }

        private void Interfere(Action act)
        {
            _rolled.Clear();
            var before = Cluster.Rollouts;
            act();
            _lastRolloutWasForeign |= Cluster.Rollouts > before;
        }

        private void Push(bool healthy)
        {
            _pushed.Add(Pushed((_pushed.Count * 2) + (healthy ? 0 : 1)));
            Cluster.Served = _pushed[^1];
        }

        private static Digest Pushed(int number) => Digest.Parse($"sha256:{number:x64}");

        private static bool IsHealthy(Digest digest) => (Convert.ToInt32(digest.Hex[^1..], 16) & 1) == 0;
    }
}
