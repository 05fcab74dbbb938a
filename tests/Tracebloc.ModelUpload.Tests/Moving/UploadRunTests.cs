using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Moving;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Moving;

public sealed class UploadRunTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_begins_moves_signs_publishes_and_registers_in_this_order()
    {
        var story = new Story();

        var result = await RunAsync(story, Token);

        Assert.Equal(
            [
                "check destination", "check signing", "begin", "move a.json", "sign a.json",
                "publish a.json with bundle", "sign publication", "finish some://target",
            ],
            story.Calls);
        Assert.Equal("6", result.Ids.ModelArtifactId);
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("move a.json")]
    [InlineData("sign a.json")]
    [InlineData("publish a.json with bundle")]
    [InlineData("sign publication")]
    [InlineData("finish some://target")]
    public async Task A_step_that_fails_is_undone_in_the_registry_and_never_registered(string step)
    {
        var story = new Story { Fails = step };

        var fault = await Assert.ThrowsAsync<UploadException>(() => RunAsync(story, Token));

        Assert.Equal($"{step} failed", fault.Message);
        Assert.Equal("undo", story.Calls[^1]);
        Assert.Equal(step == "finish some://target", story.Calls.Contains("finish some://target"));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_is_undone_by_a_token_of_its_own()
    {
        var story = new Story();
        using var cancel = new CancellationTokenSource();
        var run = await CheckedAsync(story, Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(story).RunAsync(run, cancel.Token));

        Assert.Equal("undo", story.Calls[^1]);
    }

    [Fact]
    public async Task The_fault_of_the_run_is_thrown_where_undoing_fails_too()
    {
        var story = new Story { Fails = "undo" };
        var run = await CheckedAsync(story, Token);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(story).RunAsync(run, cancel.Token));

        Assert.Contains(_log.Lines, line => line.Contains("undo failed", StringComparison.Ordinal));
    }

    private async Task<UploadResult> RunAsync(Story story, CancellationToken token) =>
        await Run(story).RunAsync(await CheckedAsync(story, token), token);

    private static Task<Checked> CheckedAsync(Story story, CancellationToken token) =>
        Checks.RunAsync(Parts(story), isWriting: true, token);

    private UploadRun Run(Story story)
    {
        var transfer = new Transfer(
            new MemoryBudget(1 << 20),
            new RateLimit(null, _time),
            new TransferCounter(null, _time),
            new RetryRule(_time, new Random(1)),
            _time);
        return new UploadRun(Parts(story), transfer, _log);
    }

    private static UploadParts Parts(Story story) => new(
        new SomeSource(("a.json", "{}"u8.ToArray())),
        new SomeDestination(story),
        new SomeRegistration(story),
        new SomeSigner(story));
}
