using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>
/// Plans for one workload in one tick, by what is known and, where only evidence is missing, by that as well. What was
/// fetched once counts to the end of the tick: after a conflict, and for the rollback of the tick's own rollout.
/// </summary>
internal sealed class EvidenceRounds(EvidenceCollector collector)
{
    private EvidenceBook _book = EvidenceBook.Empty;

    /// <param name="seen">The workload as it was read.</param>
    /// <param name="plan">Plans by the workload and the evidence in it.</param>
    /// <param name="token">Ends it.</param>
    public async Task<WorkloadPlan> PlanAsync(
        WorkloadState seen, Func<WorkloadState, WorkloadPlan> plan, CancellationToken token)
    {
        for (var round = 0; ; round++)
        {
            var judged = seen with { Evidence = _book };
            var planned = plan(judged);
            var wanted = planned.Unjudged.ToList();
            if (wanted.Count == 0 || round == Deadlines.EvidenceRounds)
                return planned;
            _book = await collector.CollectAsync(judged, wanted, token);
        }
    }
}
