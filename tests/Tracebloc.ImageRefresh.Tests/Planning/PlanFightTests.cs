using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>Another controller puts its value back during the rollout, each time.</summary>
public sealed class PlanFightTests
{
    [Fact]
    public void A_rollout_undone_during_each_tick_is_given_up_by_the_name_of_who_did_it()
    {
        var workload = Workload((RefreshAnnotations.Settled("ingestor"), A.ToString())).WithEnv(A.ToString());
        var outcomes = new List<Outcome>();
        var last = "";

        for (var tick = 0; tick < 5; tick++)
        {
            var plan = PlanOf.One(EnvSet(), workload, B);
            workload = Undone(ModelCluster.Apply(workload, plan.Edit));
            var conclusion = Planner.Conclude(
                WorkloadState.Of(workload, RolloutStatus.Settled, [EnvSet()]), plan.Images, Policy, Now);
            workload = ModelCluster.Apply(workload, conclusion.Edit);
            outcomes.Add(conclusion.Outcome());
            last = conclusion.Images[0].Message;
        }

        Assert.Equal(
            [Outcome.RolloutFailed, Outcome.RolloutFailed, Outcome.RolloutFailed, Outcome.GaveUp, Outcome.GaveUp],
            outcomes);
        Assert.Contains("3 rollouts that were undone in a row", last);
        Assert.Contains("last undone by argocd", last);
    }

    private static Workload Undone(Workload workload) =>
        workload.WithEnv(A.ToString()).WithManager("argocd", Now.AddMinutes(1));
}
