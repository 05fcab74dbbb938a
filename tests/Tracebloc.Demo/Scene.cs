namespace Tracebloc.Demo;

/// <summary>Something happens in the world, then one tick runs; the demo fails where the tick ends otherwise.</summary>
/// <param name="Title">What is to be seen, as a sentence.</param>
/// <param name="Happens">What changes before the tick.</param>
/// <param name="ExitCode">What the tick has to end with.</param>
/// <param name="Rollouts">How many rollouts the tick may start: exactly so many.</param>
internal sealed record Scene(string Title, Action<DemoWorld> Happens, int ExitCode, int Rollouts)
{
    public static IReadOnlyList<Scene> All { get; } =
    [
        new("First observation: the digests are recorded, nothing restarts", _ => { }, 0, 0),
        new("Nothing has changed: one GET, no write", _ => { }, 0, 0),
        new("A jobs-manager image is pushed: its workload restarts once", w => w.Push("jobs-manager", "2.0"), 0, 1),
        new("An ingestor image is pushed: its digest becomes the variable", w => w.Push("ingestor", "0.9"), 0, 1),
        new(
            "Both are pushed: one patch, one rollout",
            w => { w.Push("jobs-manager", "2.1"); w.Push("ingestor", "1.0"); }, 0, 1),
        new("A helm upgrade puts the old digest back: it is repaired", w => w.HelmResetsTheIngestor(), 0, 1),
        new(
            "A broken jobs-manager is pushed: its rollout fails early",
            w => w.PushBroken("jobs-manager", "2.2-broken"), 12, 1),
        new("The next tick retries it", _ => { }, 12, 1),
        new("After the last attempt it is given up", _ => { }, 13, 1),
        new("It stays given up, visibly, without a write", _ => { }, 13, 0),
        new("The next good image recovers the workload", w => w.Push("jobs-manager", "2.3"), 0, 1),
        new("The registry goes away: tolerated, and counted", w => w.RegistryIsAway = true, 0, 0),
        new("It is back: the count is cleared", w => w.RegistryIsAway = false, 0, 0),
        new(
            "With onFailure: rollback a broken ingestor goes back at once",
            w => { w.GoBackOnFailure(); w.PushBroken("ingestor", "1.1-broken"); }, 12, 2),
        new("It is in quarantine, visibly, and not applied again", _ => { }, 13, 0),
        new("The next good ingestor is rolled out", w => w.Push("ingestor", "1.1"), 0, 1),
    ];
}
