using Tracebloc.Kubernetes;
using Tracebloc.Processes;
using Tracebloc.Registry;
using Tracebloc.Telemetry;

namespace Tracebloc.ImageRefresh;

/// <summary>
/// All deadlines of the program that the configuration does not set. Each is shorter than the one around it: a call
/// than the tick's headroom, a delivery than all deliveries, all deliveries than what a Job gets beside its tick.
/// </summary>
internal static class Deadlines
{
    /// <summary>One call of a registry.</summary>
    public static readonly TimeSpan RegistryCall = TimeSpan.FromSeconds(10);

    /// <summary>Calls of a registry that does not answer which one tick waits for: token, HEAD, GET.</summary>
    public const int SilentRegistryCalls = 3;

    /// <summary>
    /// All lookups of one digest's signature. A longer one is unresolved, and delays no other workload.
    /// </summary>
    public static readonly TimeSpan Verification = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Times that evidence is fetched before a workload is patched: for the digest served, then for the one in place of
    /// it, then for the one to go back to.
    /// </summary>
    public const int EvidenceRounds = 3;

    /// <summary>One run of a credential helper, once per host and tick.</summary>
    public static TimeSpan CredentialHelper => CredentialHelperProgram.Deadline;

    /// <summary>To read the pipes of a helper, or of an exec plugin, that was ended at its deadline.</summary>
    public static TimeSpan PipeDrain => ProgramRunner.PipeDrain;

    /// <summary>One run of a kubeconfig's exec plugin, within the call that needs it.</summary>
    public static TimeSpan ExecPlugin => ExecCredentialPlugin.DefaultTimeout;

    /// <summary>One push of metrics to a collector.</summary>
    public static TimeSpan OtlpExport => OtlpPush.Deadline;

    /// <summary>One call of the API server.</summary>
    public static readonly TimeSpan KubernetesCall = TimeSpan.FromSeconds(15);

    /// <summary>Calls of the API server in a row before a registry is asked: workload, account, secret.</summary>
    public const int ObservingCalls = 3;

    /// <summary>One watch of a workload, after which another begins.</summary>
    public static readonly TimeSpan KubernetesWatch = TimeSpan.FromMinutes(5);

    /// <summary>Between two looks at a rollout, or at its pods, where no watch is granted.</summary>
    public static readonly TimeSpan RolloutPoll = TimeSpan.FromSeconds(2);

    /// <summary>Left of a tick when a rollout has ended, to record how.</summary>
    public static readonly TimeSpan Conclusion = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A tick's time beside its rollouts: to observe, to look up and verify though a registry does not answer, and to
    /// conclude.
    /// </summary>
    public static readonly TimeSpan Headroom = TimeSpan.FromMinutes(4);

    /// <summary>All notifications of a tick, on top of the tick's own deadline.</summary>
    public static readonly TimeSpan Notifications = TimeSpan.FromSeconds(30);

    /// <summary>One POST to a webhook.</summary>
    public static readonly TimeSpan WebhookPost = TimeSpan.FromSeconds(10);

    /// <summary>For taking off one workload what was sent, beside the time for all notifications.</summary>
    public static readonly TimeSpan WebhookTakeOff = TimeSpan.FromSeconds(10);

    /// <summary>charts/client gives a Job so much beyond its tick.</summary>
    public static readonly TimeSpan JobGrace = TimeSpan.FromMinutes(1);
}
