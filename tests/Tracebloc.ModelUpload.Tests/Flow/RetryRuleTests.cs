using Tracebloc.ModelUpload.Flow;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Flow;

public sealed class RetryRuleTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RetryRule Rule => new(_time, new Random(1));

    [Fact]
    public async Task A_transient_fault_is_tried_again_after_a_wait()
    {
        var calls = 0;
        var result = Rule.RunAsync(_ => ++calls < 2 ? throw Transient(null) : Task.FromResult("done"), Token);
        Assert.Equal(1, calls);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("done", await result);
    }

    [Fact]
    public async Task A_final_fault_is_not_tried_again()
    {
        var calls = 0;
        await Assert.ThrowsAsync<UploadException>(() => Rule.RunAsync<string>(
            _ =>
            {
                calls++;
                throw UploadException.OfSource("Object s3://b/k is gone");
            },
            Token));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task The_attempts_end_and_the_last_fault_is_thrown()
    {
        var calls = 0;
        var result = Rule.RunAsync<string>(_ => throw Transient(null, ++calls), Token);
        while (!result.IsCompleted)
            _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Call 6 failed", (await Assert.ThrowsAsync<UploadException>(() => result)).Message);
    }

    [Fact]
    public async Task The_wait_is_as_long_as_the_server_asks_for()
    {
        var calls = 0;
        var result = Rule.RunAsync(
            _ => ++calls < 2 ? throw Transient(TimeSpan.FromSeconds(50)) : Task.FromResult("done"), Token);
        _time.Advance(TimeSpan.FromSeconds(49));
        Assert.Equal(1, calls);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("done", await result);
    }

    private static UploadException Transient(TimeSpan? wait, int call = 1) =>
        new(UploadExit.Source, $"Call {call} failed") { IsTransient = true, RetryAfter = wait };
}
