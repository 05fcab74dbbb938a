using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Following;

/// <summary>The next steps of a run that has failed, was cancelled or has succeeded.</summary>
public sealed class EndedRunPlanTests
{
    private static readonly DateTimeOffset Soon = Some.Time.AddSeconds(5), Later = Some.Time.AddMinutes(2);
    private static readonly IngestionRun Open = Some.Run() with { JobUid = Seen.Uid };
    private static readonly IngestionRun Cancelled = RunChanges.Cancelled(Open, Some.Time);
    private static readonly IngestionRun Failed = RunChanges.Failed(Open, "disk full", isUndone: false, Some.Time);

    public static TheoryData<string> Both => ["Cancelled", "Failed"];

    [Fact]
    public void The_Job_of_a_cancelled_run_goes_first()
    {
        var steps = Plan(Cancelled, new() { Job = Seen.Job, Pods = [Seen.Running] });

        Assert.Equal(RunNews.IngestionCancelled, Assert.IsType<RunStep.Announce>(steps[0]).News);
        Assert.Equal(new RunStep.DeleteJob(Open.JobName), steps[1]);
        Assert.Equal(2, steps.Count);
        Assert.Empty(Plan(Cancelled, new() { Job = Seen.Job.Ending(), Pods = [Seen.Running] }));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Nothing_is_removed_while_a_pod_may_still_write(string state) =>
        Assert.Empty(Plan(Of(state), new() { Pods = [Seen.Ends(1), Seen.Running] }));

    [Theory]
    [MemberData(nameof(Both))]
    public void What_a_run_wrote_is_removed_once_no_pod_of_it_is_active(string state) =>
        Assert.IsType<RunStep.EnsureUndo>(Assert.Single(Plan(Of(state), new() { Pods = [Seen.Ends(143)] })));

    [Fact]
    public void A_failed_Job_stays_for_its_logs_while_what_it_wrote_is_removed() => Assert.IsType<RunStep.EnsureUndo>(
        Assert.Single(Plan(Failed, new() { Job = Seen.Job.With("Failed"), Pods = [Seen.Ends(1)] })));

    [Theory]
    [MemberData(nameof(Both))]
    public void A_complete_removal_is_the_end(string state)
    {
        var steps = Plan(Of(state), new() { UndoJob = Seen.UndoJob.With("Complete") });

        Assert.Equal(RunNews.IngestionUndone, Assert.IsType<RunStep.Announce>(steps[0]).News);
        var done = Changed(steps);
        Assert.Equal((Of(state).State, UndoState.Done), (done.State, done.Undo));
    }

    [Fact]
    public void A_failed_removal_is_shown_beside_the_reason_of_the_run()
    {
        var seen = new RunObservation
        {
            UndoJob = Seen.UndoJob.With("Failed"),
            UndoPods = [Seen.Ends(new RunEnd { Error = "no database", ExitCode = 65 })],
        };

        var changed = Changed(Plan(Failed, seen));

        Assert.Equal(
            (UndoState.Failed, "disk full; the removal failed: no database"), (changed.Undo, changed.Error));
    }

    [Fact]
    public void A_removal_that_cannot_succeed_is_not_tried_again()
    {
        var final = Seen.Ends(new RunEnd { Error = "x", ExitCode = 2, IsFinal = true });

        Assert.Equal(
            new RunStep.StopRetrying(Open.UndoJobName),
            Assert.Single(Plan(Failed, new() { UndoJob = Seen.UndoJob, UndoPods = [final] })));
    }

    [Fact]
    public void A_removal_is_waited_for_and_gets_its_objects_again_where_its_pod_does_not_start()
    {
        var seen = new RunObservation { UndoJob = Seen.UndoJob, UndoPods = [Seen.Waits("ContainerCreating")] };

        Assert.Empty(Plan(Failed, seen, Soon));
        Assert.IsType<RunStep.EnsureUndo>(Assert.Single(Plan(Failed, seen, Later)));
        Assert.Empty(Plan(Failed, seen with { UndoPods = [Seen.Running] }, Later));
    }

    [Fact]
    public void A_removal_that_does_not_begin_shows_why_until_it_does()
    {
        var seen = new RunObservation { UndoJob = Seen.UndoJob, UndoPods = [Seen.Waits("ErrImagePull", "no tag")] };

        var waits = Changed(Plan(Failed, seen, Later));

        const string pull = "The image cannot be pulled by Pod ingest-job-x: ErrImagePull: no tag";
        Assert.Equal((UndoState.Wanted, $"disk full; the removal waits: {pull}"), (waits.Undo, waits.Error));
        // The two reasons of one wait come in turn.
        var inTurn = seen with { UndoPods = [Seen.Waits("ImagePullBackOff", "Back-off")] };
        Assert.Empty(Plan(waits, inTurn, Later).OfType<RunStep.Change>());
        Assert.Equal("disk full", Changed(Plan(waits, seen with { UndoPods = [Seen.Running] }, Later)).Error);
    }

    [Fact]
    public void A_removal_without_a_pod_shows_that()
    {
        var waits = Changed(Plan(Cancelled, new() { UndoJob = Seen.UndoJob }, Later));

        Assert.Equal(
            $"Removal waits: Job {Open.UndoJobName} has no pod yet; see the Events of the Job", waits.Error);
    }

    [Theory]
    [InlineData("Pending", 9, false)]
    [InlineData("Pending", 10, true)]
    [InlineData("none", 10, true)]
    [InlineData("Running", 10, false)]
    public void A_removal_that_has_not_started_within_its_deadline_is_ended(string pod, int minutes, bool isEnded)
    {
        var seen = new RunObservation
        {
            UndoJob = Seen.UndoJob,
            UndoPods = pod == "none" ? [] : pod == "Running" ? [Seen.Running] : [Seen.Unschedulable],
        };

        var steps = Plan(Failed, seen, Some.Time.AddMinutes(minutes));

        Assert.Equal(isEnded, steps.Contains(new RunStep.StopRetrying(Open.UndoJobName)));
    }

    [Fact]
    public void A_removal_that_was_ended_before_it_had_started_fails_with_the_reason_of_its_wait()
    {
        var waits = RunChanges.UndoTroubled(Failed, "no such image");
        var stopped = Seen.UndoJob with { Spec = new V1JobSpec { BackoffLimit = 0 } };

        // Its pod is gone before its Job has failed.
        Assert.Empty(Plan(waits, new() { UndoJob = stopped }, Some.Time.AddMinutes(11)));
        var failed = Changed(Plan(waits, new() { UndoJob = stopped.With("Failed") }, Some.Time.AddMinutes(11)));

        Assert.Equal(
            (UndoState.Failed, "disk full; the removal failed: no such image"), (failed.Undo, failed.Error));
        Assert.Equal("disk full", RunChanges.UndoneAgain(failed).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_had_succeeded_before_it_was_cancelled_has_succeeded(bool isComplete)
    {
        var seen = new RunObservation
        {
            Job = isComplete ? Seen.Job.With("Complete") : Seen.Job,
            Pods = [Seen.Ends(new RunEnd { Summary = Seen.Summary })],
        };

        var changed = Changed(Plan(Cancelled, seen));

        Assert.Equal((RunState.Succeeded, UndoState.None), (changed.State, changed.Undo));
        Assert.Equal(
            """{"registered":true,"remarks":["The run had succeeded before it was cancelled."]}""", changed.Summary);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_run_whose_last_pod_registered_while_it_was_being_ended_has_succeeded(string state)
    {
        var seen = new RunObservation { Pods = [Seen.Ends(new RunEnd { Summary = Seen.Summary })] };

        var changed = Changed(Plan(Of(state), seen));

        Assert.Equal(
            (RunState.Succeeded, UndoState.None, Seen.Summary), (changed.State, changed.Undo, changed.Summary));
    }

    [Fact]
    public void A_Job_that_was_made_after_the_removal_goes_and_the_removal_is_done_again()
    {
        var undone = RunChanges.Undone(Cancelled with { JobUid = null });
        var seen = new RunObservation
        {
            Job = Seen.Job,
            Pods = [Seen.Running],
            UndoJob = Seen.UndoJob.With("Complete"),
        };

        var steps = Plan(undone, seen);

        Assert.Equal(
            [new RunStep.DeleteJob(Open.JobName), new RunStep.DeleteJob(Open.UndoJobName)],
            steps.OfType<RunStep.DeleteJob>());
        Assert.Equal(UndoState.Wanted, Changed(steps).Undo);
    }

    [Fact]
    public void The_Job_of_a_run_that_could_not_be_made_whole_goes()
    {
        var refused = RunChanges.Failed(Some.Run(), "foreign", isUndone: true, Some.Time);

        Assert.Equal(
            new RunStep.DeleteJob(Open.JobName),
            Assert.Single(Plan(refused, new() { Job = Seen.Job, Pods = [Seen.New] })));
        Assert.Empty(Plan(refused, new()));
    }

    [Theory]
    [InlineData("Succeeded", "None")]
    [InlineData("Failed", "None")]
    [InlineData("Failed", "Done")]
    [InlineData("Failed", "Failed")]
    [InlineData("Cancelled", "Done")]
    public void A_run_that_is_settled_has_no_next_step(string state, string undo)
    {
        var run = Open with { State = Enum.Parse<RunState>(state), Undo = Enum.Parse<UndoState>(undo) };

        Assert.Empty(Plan(run, new() { UndoJob = Seen.UndoJob.With("Complete") }, Later));
    }

    private static IngestionRun Of(string state) => state == "Failed" ? Failed : Cancelled;

    private static IReadOnlyList<RunStep> Plan(IngestionRun run, RunObservation seen, DateTimeOffset? now = null) =>
        RunReconciler.Plan(run, seen, now ?? Soon);

    private static IngestionRun Changed(IReadOnlyList<RunStep> steps) => Assert.IsType<RunStep.Change>(steps[^1]).To;
}
