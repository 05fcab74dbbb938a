using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Tests.Planning;

internal enum WorldEvent
{
    PushHealthy,
    PushBroken,
    PushBrokenManagerAndHealthyIngestor,
    PushHealthyManagerAndBrokenIngestor,
    PushEarlier,
    Tick,
    TickKilledBeforePatch,
    TickKilledAfterPatch,
    TickKilledAfterRollback,
    TickWithConflict,
    TickWithoutRegistry,
    TickWhileProgressing,
    TickWithoutTime,
    HelmResetsTheValue,
    SomebodySetsAnotherDigest,
    SomebodyUndoesTheRollout,
    ContainerStartsAgain,
    HoldBeginsOrEnds,
    QuarantineIsReleased,
}

/// <summary>A registry, a cluster, and a worker that may be killed, all in one thread.</summary>
internal sealed class ModelWorld
{
    private readonly HashSet<(string, Digest, int)> _rolled = [];
    private readonly Dictionary<(string, Digest), int> _rolledBack = [];
    private readonly HashSet<Digest> _cameBack = [];
    private readonly List<Digest> _pushed = [Pushed(0)];
    private readonly TrackedImage[] _images;
    private readonly RefreshPolicy _policy;
    private Digest _ingestor;
    private DateTimeOffset _now = Some.Now;
    private bool _lastPullWasForeign;

    public ModelWorld(string actions, OnFailure onFailure, int maxAttempts = 3)
    {
        _policy = Some.Policy with { MaxRefreshAttempts = maxAttempts };
        _images = actions switch
        {
            "restart" => [Some.Restarted()],
            "setEnv" => [Some.EnvSet()],
            "setImage" => [Some.ImageSet()],
            "cronjob, setEnv" => [OfCronJob(Some.EnvSet())],
            "cronjob, setImage" => [OfCronJob(Some.ImageSet())],
            "restart, setImage" => [Some.Restarted(), Some.ImageSet()],
            _ => [Some.Restarted(), Some.EnvSet()],
        };
        if (onFailure == OnFailure.Rollback)
            _images = [.. _images.Select(Some.RollingBack)];
        Cluster = new ModelCluster(IsHealthy, _pushed[0]) { IsOfCronJob = IsOfCronJob };
        _ingestor = _pushed[0];
        Last = Tick();
    }

    public ModelCluster Cluster { get; }

    public WorkloadPlan Last { get; private set; }

    private bool IsOfCronJob => !_images[0].Workload.HasRollout;

    private bool Restarts => _images[0].Action is RefreshAction.Restart;

    private bool SetsDigest => _images[^1].Action is not RefreshAction.Restart;

    private bool IsHeld => Cluster.Workload.Metadata.Annotations?.ContainsKey(Hold.Annotation) == true;

    private bool RollsBack => _images[0].OnFailure == OnFailure.Rollback;

    public void Happen(WorldEvent notification)
    {
        switch (notification)
        {
            case WorldEvent.PushHealthy or WorldEvent.PushBroken:
                Push(notification == WorldEvent.PushHealthy, notification == WorldEvent.PushHealthy);
                break;
            case WorldEvent.PushBrokenManagerAndHealthyIngestor or WorldEvent.PushHealthyManagerAndBrokenIngestor:
                var isManagerHealthy = notification == WorldEvent.PushHealthyManagerAndBrokenIngestor;
                Push(isManagerHealthy, !isManagerHealthy);
                break;
            case WorldEvent.PushEarlier:
                _rolledBack.Clear();
                _ingestor = _pushed[_pushed.Count / 2];
                Cluster.Served = Restarts ? _ingestor : Cluster.Served;
                _cameBack.Add(_ingestor);
                break;
            case WorldEvent.HelmResetsTheValue:
                Interfere(() => Cluster.SetDigest(_images[^1], null));
                break;
            case WorldEvent.SomebodySetsAnotherDigest:
                Interfere(() => Cluster.SetDigest(_images[^1], _pushed[0]));
                break;
            case WorldEvent.SomebodyUndoesTheRollout:
                Interfere(Cluster.Undo);
                break;
            case WorldEvent.ContainerStartsAgain:
                _lastPullWasForeign |= Cluster.StartAgain();
                break;
            case WorldEvent.HoldBeginsOrEnds:
                Cluster.SetAnnotation(Hold.Annotation, IsHeld ? null : "audit");
                break;
            case WorldEvent.QuarantineIsReleased:
                Release();
                break;
            default:
                Last = Tick(notification);
                break;
        }
    }

    /// <summary>Faults end and healthy digests are served: so many ticks later all has to be in order.</summary>
    public void EndHealthy()
    {
        Cluster.SetAnnotation(Hold.Annotation, null);
        // A healthy digest may be left alone as well: somebody else's rollout may have failed in its place.
        if (!_images.All(image => IsHealthy(ServedFor(image)) && !IsLeftAlone(image, ServedFor(image)))
            || PodsFailWithAnother())
            Push(isManagerHealthy: true, isIngestorHealthy: true);
        Last = Tick();
        // Undone so often that it counts as a fight, a digest is left alone until another is served.
        if (_images.Any(image => RecordOf(image).IsContested))
        {
            Push(isManagerHealthy: true, isIngestorHealthy: true);
            Last = Tick();
        }
        // Undone back to a pin that is over: the run says what to do, and somebody does it.
        if (Last.Images[0].Outcome == Outcome.Misconfigured)
            Interfere(() => Cluster.SetImage(_images[0].Image.ToString()));
        for (var tick = 0; tick < 6; tick++)
            Tick();
        var last = Tick();

        Assert.All(last.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
        Assert.True(last.Edit.IsEmpty);
        Assert.All(last.Images, image => Assert.Equal(ServedFor(image.Image), image.After.Settled));
        Assert.All(last.Images, image => Assert.Equal((0, null), (image.After.Attempts, image.After.GaveUp)));
        Assert.All(last.Images, image => Assert.Equal((null, null), (image.After.Pin, image.After.Quarantine.Suspect)));
        Assert.All(last.Images, image => Assert.Null(image.After.Undone));
        // Pods that somebody else's start has made unwell prove nothing.
        Assert.All(last.Images, image => Assert.True(image.After.Good is null || !Cluster.IsSettled));
        // What was pulled between two ticks leaves no trace that a restart could be planned by.
        Assert.True(!Restarts || _lastPullWasForeign || Cluster.Pulled == Cluster.Served);
        var neverSet = last.Images[^1].After.Applied is null && Cluster.LiveText is null;
        Assert.True(!SetsDigest || neverSet || Cluster.LiveDigest == _ingestor);
    }

    private bool IsLeftAlone(TrackedImage image, Digest digest)
    {
        var record = RecordOf(image);
        return record.GaveUp == digest || record.Quarantine.Bars(digest);
    }

    // What a container pulled as it started again, while the tag was elsewhere, is held against the digest that was
    // applied and is served again: no tick can see that. Without a way back that counts at the last attempt.
    private bool PodsFailWithAnother() =>
        Restarts && !IsHealthy(Cluster.Pulled) && Cluster.Pulled != Cluster.Served
        && RecordOf(_images[0]) is var record && record.Applied == Cluster.Served
        && (RollsBack || record.Attempts >= _policy.MaxRefreshAttempts);

    private RefreshRecord RecordOf(TrackedImage image) =>
        Cluster.Observe(_images).RecordOf(image).Record
            ?? throw new InvalidOperationException("The record cannot be read.");

    private Digest ServedFor(TrackedImage image) =>
        image.Action is RefreshAction.Restart ? Cluster.Served : _ingestor;

    private WorkloadPlan Tick(WorldEvent kind = WorldEvent.Tick)
    {
        _now += TimeSpan.FromMinutes(15);
        var isAway = kind == WorldEvent.TickWithoutRegistry;
        var sightings = _images
            .Select(image => new ImageLookup(image, isAway ? Some.Away() : Some.Ok(ServedFor(image))))
            .ToList();
        var seen = kind == WorldEvent.TickWhileProgressing && !IsOfCronJob
            ? Cluster.Observe(_images) with { Rollout = RolloutStatus.Progressing("0 of 1 new replicas are available") }
            : Cluster.Observe(_images);
        var mayRoll = kind != WorldEvent.TickWithoutTime || IsOfCronJob;
        var plan = Planner.Plan(seen, sightings, _policy, _now, kind != WorldEvent.TickWithoutTime);
        if (kind == WorldEvent.TickKilledBeforePatch)
            return plan;
        if (kind == WorldEvent.TickWithConflict)
        {
            Interfere(() => Cluster.SetDigest(_images[^1], null));
            _now += TimeSpan.FromMinutes(1);
            seen = Cluster.Observe(_images);
            plan = Planner.Plan(seen, sightings, _policy, _now);
        }
        Patch(plan);
        AssertThatItMayRoll(plan, mayRoll);
        AssertThatNothingFollows(plan, seen.Rollout, sightings);
        if (!plan.Rolls || !mayRoll || kind == WorldEvent.TickKilledAfterPatch)
            return plan;
        plan = Conclude(plan);
        if (!plan.Rolls || kind == WorldEvent.TickKilledAfterRollback)
            return plan;
        plan = Conclude(plan);
        Assert.False(plan.Rolls);
        return plan;
    }

    // A rollback is made however late it is; under a hold nothing is.
    private void AssertThatItMayRoll(WorkloadPlan plan, bool mayRoll) =>
        Assert.DoesNotContain(
            plan.Images, image => image.Rolls && (IsHeld || (!mayRoll && image.Outcome != Outcome.RolledBack)));

    private void AssertThatNothingFollows(WorkloadPlan plan, RolloutStatus rollout, List<ImageLookup> sightings)
    {
        if (plan.Images.Any(image => image.Outcome != Outcome.Unchanged))
            return;
        var next = Planner.Plan(Some.Seen(Cluster.Workload, rollout, _images), sightings, _policy, _now);
        Assert.True(next.Edit.IsEmpty);
        Assert.All(next.Images, image => Assert.Equal(Outcome.Unchanged, image.Outcome));
    }

    private WorkloadPlan Conclude(WorkloadPlan plan)
    {
        _now += TimeSpan.FromMinutes(1);
        var conclusion = Planner.Conclude(Cluster.Observe(_images), plan.Images, _policy, _now);
        Assert.True(RollsBack || !conclusion.Rolls);
        Patch(conclusion);
        return conclusion;
    }

    private void Patch(WorkloadPlan plan)
    {
        var before = Cluster.Rollouts;
        Cluster.Patch(plan.Edit);
        Assert.InRange(Cluster.Rollouts - before, 0, 1);
        NoteRollouts(plan, Cluster.Rollouts > before);
        _lastPullWasForeign &= Cluster.Rollouts == before;
    }

    // An attempt at a digest is made once: a second one has another number, unless the first settled (a pin ends only
    // after that), another digest came between or was served after all were spent, or somebody else touched the
    // workload.
    private void NoteRollouts(WorkloadPlan plan, bool rolled)
    {
        foreach (var image in plan.Images)
        {
            var name = image.Image.Name;
            if (image.After.Attempts == 0 || (image.Before.Pin is not null && image.After.Pin is null))
                _rolled.RemoveWhere(attempt => attempt.Item1 == name);
            if (image.After.FailedAttempts >= _policy.MaxRefreshAttempts && image.Latest is { } served
                && image.After.Applied is { } lost && served != lost)
                _rolled.RemoveWhere(attempt => attempt.Item1 == name && attempt.Item2 == lost);
            if (image.Target is not { } target)
                continue;
            _rolled.RemoveWhere(attempt => attempt.Item1 == name && attempt.Item2 != target);
            Assert.True(image.After.Attempts <= _policy.MaxRefreshAttempts);
            Assert.True(!rolled || _rolled.Add((name, target, image.After.Attempts)));
            Assert.False(image.Before.Quarantine.Bars(target));
            if (image.Outcome != Outcome.RolledBack)
                continue;
            NoteRollback(name, image.Before);
            // That the tag was elsewhere in between, and the pods got well by that, no tick can see.
            Assert.True(IsHealthy(target) || _cameBack.Contains(target), $"{name} went back to {target}");
        }
    }

    // What is suspected of a digest is forgotten when the registry serves another; quarantined, it stays out.
    private void NoteRollback(string name, RefreshRecord failed)
    {
        if (failed.Applied is not { } digest)
            throw new InvalidOperationException("Nothing was applied that could be rolled back.");
        var times = _rolledBack[(name, digest)] = _rolledBack.GetValueOrDefault((name, digest)) + 1;
        Assert.True(RollsBack && times <= _policy.MaxRefreshAttempts);
    }

    // As image-refresh release does; what was spent at it is forgiven.
    private void Release()
    {
        _rolled.Clear();
        _rolledBack.Clear();
        foreach (var image in _images)
        {
            var record = RecordOf(image);
            var released = record.Release(record.Quarantine.Entries);
            foreach (var (key, value) in RefreshAnnotations.Changes(image.Name, record, released))
                Cluster.SetAnnotation(key, value);
        }
    }

    private void Interfere(Action act)
    {
        _rolled.Clear();
        var before = Cluster.Rollouts;
        _now += TimeSpan.FromMinutes(1);
        act();
        if (Cluster.Rollouts == before)
            return;
        Cluster.NoteManager("helm", _now);
        _lastPullWasForeign = true;
    }

    private void Push(bool isManagerHealthy, bool isIngestorHealthy)
    {
        // What nobody follows stays healthy: nobody could say why the pods fail.
        Cluster.Served = Pushed((_pushed.Count * 2) + (isManagerHealthy || !Restarts ? 0 : 1));
        _ingestor = Pushed((_pushed.Count * 2) + (isIngestorHealthy ? 0 : 1));
        _pushed.Add(SetsDigest ? _ingestor : Cluster.Served);
    }

    private static TrackedImage OfCronJob(TrackedImage image) =>
        image with { Workload = new(WorkloadKind.CronJob, "acme") };

    private static Digest Pushed(int number) => Digest.Parse($"sha256:{number:x64}");

    private static bool IsHealthy(Digest digest) => (Convert.ToInt32(digest.Hex[^1..], 16) & 1) == 0;
}
