using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Runs;

/// <summary>The turns of runs.</summary>
public sealed class RunTurnsTests
{
    private readonly RunTurns _turns = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_turn_of_a_run_begins_when_the_first_has_ended()
    {
        var first = await _turns.TakeAsync(Some.Key(), Token);

        var second = _turns.TakeAsync(Some.Key(), Token);
        Assert.False(second.IsCompleted);
        first.Dispose();

        (await second).Dispose();
        (await _turns.TakeAsync(Some.Key(), Token)).Dispose();
    }

    [Fact]
    public async Task A_turn_of_another_run_waits_for_none()
    {
        using var first = await _turns.TakeAsync(Some.Key(), Token);

        using var other = await _turns.TakeAsync(Some.Key("other"), Token);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_keeps_the_turn_from_no_other()
    {
        using var gone = new CancellationTokenSource();
        var first = await _turns.TakeAsync(Some.Key(), Token);
        var waiting = _turns.TakeAsync(Some.Key(), gone.Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();

        (await _turns.TakeAsync(Some.Key(), Token)).Dispose();
    }
}
