using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Following;

/// <summary>The next steps of a run that is not over.</summary>
public sealed class OpenRunPlanTests
{
    private static readonly IngestionRun Accepted = Some.Run() with { JobUid = Seen.Uid };
    private static readonly IngestionRun Running = RunChanges.Started(Accepted, Some.Time);
    private static readonly DateTimeOffset Soon = Some.Time.AddSeconds(5), Later = Some.Time.AddMinutes(2);

    [Fact]
    public void A_run_without_a_Job_gets_its_objects()
    {
        Assert.IsType<RunStep.EnsureObjects>(Assert.Single(Plan(Some.Run(), new())));
        Assert.IsType<RunStep.EnsureObjects>(Assert.Single(Plan(Some.Run(), new() { Job = Seen.Job })));
    }

    [Fact]
    public void A_Job_that_is_being_deleted_is_waited_for()
    {
        Assert.Empty(Plan(Some.Run(), new() { Job = Seen.Job.Ending() }));
        Assert.Empty(Plan(Running, new() { Job = Seen.Job.Ending(), Pods = [Seen.Running] }));
    }

    [Fact]
    public void A_run_whose_pod_is_being_made_waits() => Assert.Empty(
        Plan(Accepted, new() { Job = Seen.Job, Pods = [Seen.New, Seen.Waits("ContainerCreating")] }, Soon));

    [Fact]
    public void A_run_whose_container_has_started_is_running()
    {
        var changed = Changed(Plan(Accepted, new() { Job = Seen.Job, Pods = [Seen.Running] }));

        Assert.Equal((RunState.Running, Some.Time), (changed.State, changed.StartedAt));
        Assert.Empty(Plan(changed, new() { Job = Seen.Job, Pods = [Seen.Running] }));
    }

    [Fact]
    public void A_run_whose_Job_is_complete_has_succeeded_with_the_summary_of_its_pod()
    {
        var seen = new RunObservation
        {
            Job = Seen.Job.With("Complete"),
            Pods = [Seen.Ends(137), Seen.Ends(new RunEnd { Summary = Seen.Summary })],
        };

        var steps = Plan(Running with { Error = "slow" }, seen);

        Assert.Equal(RunNews.IngestionSucceeded, Assert.IsType<RunStep.Announce>(steps[0]).News);
        var changed = Changed(steps);
        Assert.Equal((RunState.Succeeded, Seen.Summary, null), (changed.State, changed.Summary, changed.Error));
        Assert.Equal(Some.Time.AddMinutes(5), changed.EndedAt);
    }

    [Fact]
    public void A_summary_whose_pod_is_gone_is_an_empty_one_with_a_remark()
    {
        var changed = Changed(Plan(Accepted, new() { Job = Seen.Job.With("Complete") }));

        Assert.Equal((RunState.Succeeded, Some.Time), (changed.State, changed.StartedAt));
        Assert.StartsWith("""{"remarks":["The numbers are unknown""", changed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_many_pods_succeeds_with_its_Job_and_has_the_summary_of_the_pod_that_has_one()
    {
        var run = Some.Run(parallelism: 2) with { JobUid = Seen.Uid };
        var seen = new RunObservation
        {
            Job = Seen.Job,
            Pods = [Seen.Ends(0), Seen.Ends(new RunEnd { Summary = Seen.Summary })],
        };

        Assert.Equal(RunState.Running, Changed(Plan(run, seen)).State);
        Assert.Equal(Seen.Summary, Changed(Plan(run, seen with { Job = Seen.Job.With("Complete") })).Summary);
    }

    [Fact]
    public void A_failure_that_another_attempt_cannot_mend_ends_the_attempts_once()
    {
        var seen = new RunObservation
        {
            Job = Seen.Job,
            Pods = [Seen.Ends(new RunEnd { Error = "wrong data", ExitCode = 1, IsFinal = true })],
        };

        var steps = Plan(Running, seen);

        Assert.Equal(new RunStep.StopRetrying(Running.JobName), steps[0]);
        Assert.Equal((RunState.Running, "wrong data"), (Changed(steps).State, Changed(steps).Error));
        var stopped = seen with { Job = Seen.Job with { Spec = new V1JobSpec { BackoffLimit = 0 } } };
        Assert.Empty(Plan(Changed(steps), stopped));
    }

    [Fact]
    public void A_failure_that_another_attempt_may_mend_is_shown_while_the_run_goes_on()
    {
        var seen = new RunObservation
        {
            Job = Seen.Job,
            Pods = [Seen.Ends(new RunEnd { Error = "no database", ExitCode = 65 }), Seen.Running],
        };

        var changed = Changed(Assert.Single(Plan(Running, seen)));

        Assert.Equal((RunState.Running, "no database"), (changed.State, changed.Error));
    }

    public static TheoryData<string, bool> Failures => new()
    {
        { """{"error":"wrong data","exit_code":1,"final":true,"undone":true}""", true },
        { """{"error":"wrong data","exit_code":1,"final":true}""", false },
        { "the end of a log", false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_run_whose_Job_has_failed_is_undone_unless_its_last_attempt_did_so(string message, bool isUndone)
    {
        var seen = new RunObservation
        {
            Job = Seen.Job.With("Failed", "BackoffLimitExceeded"),
            Pods = [Seen.Ends(137, minute: 1), Seen.Ends(1, message, minute: 2)],
        };

        var steps = Plan(Running, seen);

        Assert.Equal(RunNews.IngestionFailed, Assert.IsType<RunStep.Announce>(steps[0]).News);
        var changed = Changed(steps);
        Assert.Equal(
            (RunState.Failed, isUndone ? UndoState.None : UndoState.Wanted), (changed.State, changed.Undo));
        Assert.EndsWith(
            message.StartsWith('{') ? "wrong data" : "ended with exit code 1: the end of a log",
            changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_of_many_pods_undid_says_nothing_of_the_others()
    {
        var seen = new RunObservation
        {
            Job = Seen.Job.With("Failed"),
            Pods = [Seen.Ends(new RunEnd { Error = "x", ExitCode = 1, IsUndone = true })],
        };

        var run = Running with { Request = Some.Run(parallelism: 2).Request };

        Assert.Equal(UndoState.Wanted, Changed(Plan(run, seen)).Undo);
    }

    [Fact]
    public void A_run_is_undone_while_a_pod_of_it_still_ends()
    {
        var end = new RunEnd { Error = "x", ExitCode = 1, IsUndone = true };
        var seen = new RunObservation { Job = Seen.Job.With("Failed"), Pods = [Seen.Ends(end), Seen.Running] };

        Assert.Equal(UndoState.Wanted, Changed(Plan(Running, seen)).Undo);
    }

    [Fact]
    public void A_final_failure_is_the_reason_even_if_the_other_pods_ended_after_it()
    {
        var seen = new RunObservation
        {
            Job = Seen.Job.With("Failed"),
            Pods =
            [
                Seen.Ends(new RunEnd { Error = "wrong data", ExitCode = 1, IsFinal = true }, minute: 1),
                Seen.Ends(new RunEnd { Error = "ended by SIGTERM", ExitCode = 143 }, minute: 2),
            ],
        };

        Assert.Equal("wrong data", Changed(Plan(Running, seen)).Error);
    }

    public static TheoryData<string, string> Deaths => new()
    {
        { "oom", "Pod ingest-job-x was ended since it used more memory than its limit (OOMKilled); raise the limit" },
        { "evicted", "Pod ingest-job-x failed: Evicted: The node was low on resource: memory." },
        { "code", "Pod ingest-job-x ended with exit code 139" },
        { "gone", "Job ingest-job-HASH failed: DeadlineExceeded: too long" },
    };

    [Theory]
    [MemberData(nameof(Deaths))]
    public void A_pod_that_could_report_nothing_has_its_reason_from_its_status(string death, string error)
    {
        var pods = new Dictionary<string, V1Pod>
        {
            ["oom"] = Seen.Ends(137, reason: "OOMKilled"),
            ["evicted"] = Seen.Evicted,
            ["code"] = Seen.Ends(139),
        };
        var seen = new RunObservation
        {
            Job = Seen.Job.With("Failed", "DeadlineExceeded", "too long"),
            Pods = pods.TryGetValue(death, out var pod) ? [pod] : [],
        };

        var changed = Changed(Plan(Running, seen));

        Assert.Equal(error.Replace("HASH", Some.Key().Hash, StringComparison.Ordinal), changed.Error);
        Assert.Equal(UndoState.Wanted, changed.Undo);
    }

    [Fact]
    public void A_Job_that_was_deleted_by_hand_fails_the_run_and_what_it_wrote_is_to_go()
    {
        var changed = Changed(Assert.Single(Plan(Running, new())));

        Assert.Equal((RunState.Failed, UndoState.Wanted), (changed.State, changed.Undo));
        Assert.StartsWith($"Job {Running.JobName} is gone", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Job_that_was_deleted_after_its_pod_had_registered_has_succeeded()
    {
        var seen = new RunObservation { Pods = [Seen.Ends(new RunEnd { Summary = Seen.Summary })] };

        Assert.Equal(RunState.Succeeded, Changed(Plan(Running, seen)).State);
    }

    [Fact]
    public void A_Job_that_was_made_again_by_a_restore_gets_its_objects_again()
    {
        var changed = Changed(Assert.Single(Plan(Running with { JobUid = "uid-0" }, new() { Job = Seen.Job })));

        Assert.Null(changed.JobUid);
        Assert.Equal(RunState.Running, changed.State);
    }

    [Theory]
    [InlineData("ImagePullBackOff", "The image cannot be pulled by Pod ingest-job-x: ImagePullBackOff: no such tag")]
    [InlineData("CreateContainerConfigError", "Pod ingest-job-x waits: CreateContainerConfigError: no such tag")]
    public void A_pod_that_waits_for_long_shows_why_and_the_run_stays_accepted(string reason, string error)
    {
        var seen = new RunObservation { Job = Seen.Job, Pods = [Seen.Waits(reason, "no such tag")] };

        Assert.Empty(Plan(Accepted, seen, Soon));
        var changed = Changed(Plan(Accepted, seen, Later));

        Assert.Equal((RunState.Accepted, error), (changed.State, changed.Error));
        Assert.Null(Changed(Plan(changed, seen with { Pods = [Seen.Running] }, Later)).Error);
    }

    [Fact]
    public void The_cause_of_a_failed_pull_outlives_the_pause_before_the_next()
    {
        var first = Changed(Plan(
            Accepted, new() { Job = Seen.Job, Pods = [Seen.Waits("ErrImagePull", "unauthorized")] }, Later));

        Assert.Empty(Plan(first, new() { Job = Seen.Job, Pods = [Seen.Waits("ImagePullBackOff", "Back-off")] }, Later));
    }

    [Fact]
    public void A_pod_without_a_node_shows_why()
    {
        var seen = new RunObservation { Job = Seen.Job, Pods = [Seen.Unschedulable] };

        Assert.Equal(
            "Pod ingest-job-x waits for a node: Unschedulable: 0/1 nodes are available",
            Changed(Plan(Accepted, seen, Later)).Error);
    }

    [Fact]
    public void A_Job_without_a_pod_for_long_shows_it()
    {
        Assert.Empty(Plan(Accepted, new() { Job = Seen.Job }, Soon));
        Assert.EndsWith(
            "has no pod yet; see the Events of the Job",
            Changed(Plan(Accepted, new() { Job = Seen.Job }, Later)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("CreateContainerConfigError")]
    public void Objects_that_were_deleted_under_a_waiting_pod_are_made_again(string reason)
    {
        var seen = new RunObservation { Job = Seen.Job, Pods = [Seen.Waits(reason)] };

        Assert.IsType<RunStep.EnsureObjects>(Plan(Accepted, seen, Later)[0]);
    }

    private static IReadOnlyList<RunStep> Plan(IngestionRun run, RunObservation seen, DateTimeOffset? now = null) =>
        RunReconciler.Plan(run, seen, now ?? Soon);

    private static IngestionRun Changed(IReadOnlyList<RunStep> steps) => Changed(steps[^1]);

    private static IngestionRun Changed(RunStep step) => Assert.IsType<RunStep.Change>(step).To;
}
