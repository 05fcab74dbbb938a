using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>A rollout that has to be made, as what it will be reported, and why.</summary>
internal sealed record Step(Outcome Outcome, string Message)
{
    /// <summary>Of another digest than the tag stands for: a restart would bring that one.</summary>
    public bool Pins { get; init; }

    /// <summary>To the registry's digest, from another that is settled.</summary>
    public static Step Advance(RefreshRecord record, Digest settled, Digest latest) =>
        record.Quarantine.Suspects(latest)
            ? new(Outcome.Retried, $"{settled.Short()} -> {latest.Short()} alone")
            : new(Outcome.Refreshed, $"{settled.Short()} -> {latest.Short()}");

    /// <summary>At first sight, to a verified digest in place of the tag.</summary>
    public static Step Hold(Digest latest) => new(Outcome.Refreshed, $"first sight: held to {latest.Short()}");

    // The digest that the pods got by a tag in the pin's place is not known.
    public static Step Unpin(TrackedImage image, ImagePin pin, LiveDigest live, Digest latest) => new(
        Outcome.Refreshed,
        live.IsAbsent
            ? $"{pin.Container} is pinned no longer; {latest.Short()} by its tag again"
            : $"{image.Image} stands for {latest.Short()} again");

    /// <summary>Null where record and workload agree on the digest; else the rollout that makes them agree.</summary>
    public static Step? Repair(ImagePlan plan, LiveDigest live, Digest wanted, Workload workload)
    {
        var record = plan.After;
        if (plan.Image.Action is RefreshAction.Restart && record.Pin is null)
        {
            // The pods last restarted for a digest that failed, and the registry has gone back to the one before.
            return record.Applied is not null && record.Applied != wanted
                ? new Step(Outcome.Refreshed, $"back to {wanted.Short()}")
                : Retry(record, wanted);
        }
        if (live.IsAbsent)
        {
            if (plan.Image.Action.Place is not { } place || place == record.AppliedTo)
                return new Step(Outcome.Repaired, $"removed by {plan.LastWriter(workload)}; {wanted.Short()} again");
            return plan.Image.HoldsDigest
                ? new Step(Outcome.Repaired, $"its tag was in place; held to {wanted.Short()}")
                : null;
        }
        if (live.Digest == wanted)
            return Retry(record, wanted);
        return live.Digest == record.Applied
            ? new Step(Outcome.Refreshed, $"back to {wanted.Short()}")
            : new Step(
                Outcome.Repaired,
                $"changed to {live.Description} by {plan.LastWriter(workload)}; {wanted.Short()} again");
    }

    private static Step? Retry(RefreshRecord record, Digest latest) =>
        record.Applied == latest && record.FailedAttempts > 0
            ? new Step(Outcome.Retried, $"{latest.Short()} again")
            : null;
}
