using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>The cluster as a submission needs it.</summary>
/// <param name="Namespace">The namespace of all runs.</param>
/// <param name="Image">The image of the installation.</param>
/// <param name="EnsureAsync">Makes a run's objects, and returns its Job's uid; see <see cref="RunObjects"/>.</param>
/// <param name="Look">Has the follower look at a run, soon.</param>
/// <param name="Version">The version of the API server.</param>
/// <param name="Turns">Keep the follower from a run whose objects are being made.</param>
internal sealed record SubmissionSetup(
    string Namespace,
    RunImage Image,
    Func<IngestionRun, CancellationToken, Task<string>> EnsureAsync,
    Action<RunKey> Look,
    ClusterVersion Version,
    RunTurns Turns);
