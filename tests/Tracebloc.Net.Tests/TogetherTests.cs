namespace Tracebloc.Net.Tests;

public sealed class TogetherTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task Never => new TaskCompletionSource().Task;

    [Fact]
    public async Task The_end_of_one_work_ends_the_others()
    {
        var wasCancelled = false;

        await Together.RunAsync(
            [
                _ => Task.CompletedTask,
                async token =>
                {
                    await Never.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    wasCancelled = token.IsCancellationRequested;
                },
            ],
            Cancelled);

        Assert.True(wasCancelled);
    }

    [Fact]
    public async Task The_failure_of_the_first_work_that_ended_is_the_failure_of_all() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Together.RunAsync(
            [
                _ => Task.FromException(new InvalidDataException("first")),
                async token =>
                {
                    await Never.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw new IOException("later");
                },
            ],
            Cancelled));

    [Fact]
    public async Task The_callers_token_ends_all()
    {
        using var end = new CancellationTokenSource();
        var running = Together.RunAsync([Never.WaitAsync], end.Token);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
