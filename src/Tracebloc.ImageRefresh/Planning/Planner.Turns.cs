using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

internal static partial class Planner
{
    /// <summary>
    /// Digests that failed together are tried again one by one, and after all that are merely new: who fails alone is
    /// to blame. Null where nobody has to wait for another.
    /// </summary>
    private static string? TurnOf(IReadOnlyList<ImagePlan> plans)
    {
        var tried = plans.Where(plan => plan.Rolls && plan.Target != plan.After.Settled).ToList();
        return tried.Count > 1 && tried.Exists(IsSuspect)
            ? (tried.Find(plan => !IsSuspect(plan)) ?? tried[0]).Image.Name
            : null;
    }

    private static bool IsSuspect(ImagePlan plan) => plan.After.Quarantine.Suspects(plan.Target);

    private static bool IsOutOfTurn(ImagePlan plan, Digest target, Scene scene) =>
        scene.Turn is { } turn && turn != plan.Image.Name && plan.After.Quarantine.Suspects(target);
}
