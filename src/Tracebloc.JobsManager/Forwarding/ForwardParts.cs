using Tracebloc.JobsManager.Settings;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The parts that a call of a run needs.</summary>
internal sealed record ForwardParts(
    Forwarder Forwarder, ForwardMetrics Metrics, ForwardSettings Settings, Deadlines Deadlines);
