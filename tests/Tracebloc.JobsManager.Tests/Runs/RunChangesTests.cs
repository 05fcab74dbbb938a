using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Runs;

public sealed class RunChangesTests
{
    private static readonly DateTimeOffset Later = Some.Time.AddMinutes(1);

    [Theory]
    [InlineData("Accepted")]
    [InlineData("Running")]
    public void A_run_that_is_not_over_is_cancelled_and_what_it_wrote_is_to_go(string state)
    {
        var cancelled = RunChanges.Cancelled(Some.Run() with { State = Enum.Parse<RunState>(state) }, Later);

        Assert.Equal(
            (RunState.Cancelled, UndoState.Wanted, Later), (cancelled.State, cancelled.Undo, cancelled.EndedAt));
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData("Cancelled")]
    public void A_run_that_is_over_stays_as_it_is(string state)
    {
        var run = Some.Run() with { State = Enum.Parse<RunState>(state), Error = "why" };

        Assert.Same(run, RunChanges.Cancelled(run, Later));
        Assert.Same(run, RunChanges.Failed(run, "other", isUndone: false, Later));
        Assert.Same(run, RunChanges.Troubled(run, "other"));
    }

    [Fact]
    public void A_run_starts_once()
    {
        var started = RunChanges.Started(Some.Run(), Later);

        Assert.Equal((RunState.Running, Later), (started.State, started.StartedAt));
        Assert.Same(started, RunChanges.Started(started, Later.AddMinutes(1)));
    }

    [Fact]
    public void A_run_that_has_succeeded_has_no_error_and_nothing_to_remove()
    {
        var run = RunChanges.Cancelled(RunChanges.Troubled(Some.Run(), "slow"), Later);

        var succeeded = RunChanges.Succeeded(run, "{}", Later);

        Assert.Equal((RunState.Succeeded, UndoState.None, null), (succeeded.State, succeeded.Undo, succeeded.Error));
    }

    [Fact]
    public void A_failed_removal_keeps_the_reason_of_the_run()
    {
        var failed = RunChanges.Failed(Some.Run(), "disk full", isUndone: false, Later);

        Assert.Equal("disk full; the removal failed: no route", RunChanges.NotUndone(failed, "no route").Error);
    }

    [Theory]
    [InlineData("disk full", "disk full; the removal failed: second", "disk full")]
    [InlineData(null, "Removal failed: second", null)]
    public void Only_the_last_word_about_a_removal_is_kept(string? error, string failed, string? undone)
    {
        var run = Some.Run() with { State = RunState.Failed, Undo = UndoState.Wanted, Error = error };
        var waits = RunChanges.UndoTroubled(RunChanges.UndoTroubled(run, "first\nwait"), "second wait");

        Assert.Equal("second wait", RemovalError.ReasonOfWait(waits.Error));
        Assert.Equal(error, RunChanges.UndoTroubled(waits, null).Error);
        var ended = RunChanges.NotUndone(RunChanges.NotUndone(waits, "first"), "second");
        Assert.Equal(failed, ended.Error);
        Assert.Null(RemovalError.ReasonOfWait(ended.Error));
        Assert.Equal(undone, RunChanges.UndoneAgain(ended).Error);
        Assert.Equal(undone, RunChanges.Undone(ended).Error);
        Assert.Same(ended, RunChanges.UndoTroubled(ended, "late"));
    }

    [Fact]
    public void An_error_is_one_line_of_bounded_length()
    {
        var failed = RunChanges.Failed(Some.Run(), "a\n" + new string('x', 9000), isUndone: true, Later);

        Assert.Equal(4001, failed.Error?.Length);
        Assert.StartsWith("a x", failed.Error, StringComparison.Ordinal);
    }
}
