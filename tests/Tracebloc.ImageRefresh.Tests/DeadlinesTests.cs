using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests;

public sealed class DeadlinesTests
{
    public static TheoryData<string, TimeSpan, TimeSpan> Nested => new()
    {
        {
            "the reads of a workload, its account and its secret, then a helper and its pipes, then token, HEAD "
                + "and GET of a silent registry, then all rounds of evidence, then the conclusion, in a tick's "
                + "headroom",
            (Deadlines.KubernetesCall * Deadlines.ObservingCalls)
                + Deadlines.CredentialHelper + Deadlines.PipeDrain
                + (Deadlines.RegistryCall * Deadlines.SilentRegistryCalls)
                + (Deadlines.Verification * Deadlines.EvidenceRounds)
                + Deadlines.Conclusion,
            Deadlines.Headroom
        },
        {
            "an exec plugin and its pipes in the call that needs it",
            Deadlines.ExecPlugin + Deadlines.PipeDrain,
            Deadlines.KubernetesCall
        },
        { "a call of a registry in a verification", Deadlines.RegistryCall, Deadlines.Verification },
        { "a look at a rollout in a call", Deadlines.RolloutPoll, Deadlines.KubernetesCall },
        { "a watch in a rollout", Deadlines.KubernetesWatch, new RefreshConfiguration().RolloutTimeout },
        {
            "a rollout and its headroom in a tick",
            new RefreshConfiguration().RolloutTimeout + Deadlines.Headroom,
            new RefreshConfiguration().TickTimeout
        },
        { "a POST in all notifications", Deadlines.WebhookPost, Deadlines.Notifications },
        { "an export of metrics in all notifications", Deadlines.OtlpExport, Deadlines.Notifications },
        {
            "all notifications and the last taking off in a Job's grace",
            Deadlines.Notifications + Deadlines.WebhookTakeOff,
            Deadlines.JobGrace
        },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Each_deadline_is_shorter_than_the_one_around_it(string which, TimeSpan inner, TimeSpan outer) =>
        Assert.True(inner < outer, $"{which}: {inner} does not fit into {outer}");
}
