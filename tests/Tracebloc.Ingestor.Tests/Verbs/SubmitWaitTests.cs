using System.Text.Json.Nodes;
using Tracebloc.CommandLine;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary><c>--wait</c> follows the run to its end.</summary>
public sealed class SubmitWaitTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private SubmitScene _scene = null!;

    private SubmitOptions Waiting => _scene.Options with { Wait = TimeSpan.FromMinutes(10) };

    public async ValueTask InitializeAsync() => _scene = await SubmitScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_run_that_succeeds_is_followed_to_its_summary()
    {
        _scene.Manager.Report(
            State("accepted"), State("running"), State("running"),
            new JsonObject { ["state"] = "succeeded", ["summary"] = new JsonObject { ["inserted_records"] = 120 } });
        var submitting = _scene.SubmitAsync(Waiting);

        for (var pause = 0; pause < 3; pause++) await _scene.PassPauseAsync(Pause);
        var (code, output) = await submitting;

        Assert.Equal(IngestorExit.Done, code);
        Assert.EndsWith("\nRun houses-1 succeeded\n{\"inserted_records\":120}\n", output);
        Assert.Equal(
            [
                "Information: Run houses-1: accepted, 0 s",
                "Information: Run houses-1: running, 2 s",
                "Information: Run houses-1: succeeded, 6 s",
            ],
            _scene.Logger.Lines);
    }

    [Theory]
    [InlineData("failed", "failed: row 7 is wrong")]
    [InlineData("cancelled", "was cancelled: row 7 is wrong")]
    public async Task A_run_that_does_not_succeed_ends_with_1_and_its_error(string state, string verdict)
    {
        _scene.Manager.Report(new JsonObject { ["state"] = state, ["error"] = "row 7 is wrong" });

        var (code, output) = await _scene.SubmitAsync(Waiting with { Output = OutputFormat.Json });

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Equal($"Run houses-1 {verdict}", _scene.Reason);
        Assert.Equal(
            (state, $"Run houses-1 {verdict}"),
            ((string)JsonNode.Parse(output)!["state"]!, (string)JsonNode.Parse(output)!["error"]!));
    }

    [Fact]
    public async Task A_long_run_has_a_line_every_thirty_seconds()
    {
        _scene.Manager.Report([.. Enumerable.Repeat(State("running"), 31), State("succeeded")]);
        var submitting = _scene.SubmitAsync(Waiting);

        for (var pause = 0; pause < 31; pause++) await _scene.PassPauseAsync(Pause);
        await submitting;

        Assert.Equal(
            ["running, 0 s", "running, 30 s", "running, 1 min 0 s", "succeeded, 1 min 2 s"],
            _scene.Logger.Lines.Select(line => line.Split(": ")[^1]));
    }

    [Fact]
    public async Task A_wait_has_an_end_and_the_run_goes_on()
    {
        _scene.Manager.Report(State("running"));
        var submitting = _scene.SubmitAsync(Waiting with { Wait = TimeSpan.FromSeconds(5) });

        for (var pause = 0; pause < 2; pause++) await _scene.PassPauseAsync(Pause);

        Assert.Equal(IngestorExit.Failed, (await submitting).Code);
        Assert.Equal(
            "Run houses-1 is running and not over after 4 s; it goes on, wait longer with --wait-timeout",
            _scene.Reason);
    }

    [Fact]
    public async Task A_server_that_rolls_over_meanwhile_is_waited_for()
    {
        _scene.Manager.Report(State("running"), State("succeeded"));
        var submitting = _scene.SubmitAsync(Waiting);
        await _scene.Time.WaitForTimerAsync(due => due == Pause, TestContext.Current.CancellationToken);
        _scene.Manager.Answer(FakeReply.Of(503, "{}"));
        _scene.Time.Advance(Pause);

        await _scene.PassPauseAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(IngestorExit.Done, (await submitting).Code);
    }

    [Fact]
    public async Task A_wait_ends_in_time_although_a_call_has_no_answer()
    {
        _scene.Manager.Report(State("running"));
        var submitting = _scene.SubmitAsync(Waiting with { Wait = TimeSpan.FromSeconds(5) });
        await _scene.Time.WaitForTimerAsync(due => due == Pause, TestContext.Current.CancellationToken);
        _scene.Manager.Answer(FakeReply.Never);
        _scene.Time.Advance(Pause);
        await _scene.Time.WaitForTimerAsync(
            due => due == TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        _scene.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(IngestorExit.Failed, (await submitting).Code);
        Assert.Equal(
            "Run houses-1 is running and not over after 5 s; it goes on, wait longer with --wait-timeout",
            _scene.Reason);
    }

    [Fact]
    public async Task A_wait_ends_in_time_although_jobs_manager_stays_away()
    {
        var submitting = _scene.SubmitAsync(Waiting with { Wait = TimeSpan.FromSeconds(5) });
        await _scene.Time.WaitForTimerAsync(due => due == Pause, TestContext.Current.CancellationToken);
        _scene.Manager.Answer(FakeReply.Of(503, "{}").With("Retry-After", "50"), times: 100);
        _scene.Time.Advance(Pause);
        await _scene.Time.WaitForTimerAsync(
            due => due == TimeSpan.FromSeconds(50), TestContext.Current.CancellationToken);

        _scene.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(IngestorExit.Failed, (await submitting).Code);
        Assert.StartsWith("Run houses-1 is accepted and not over after 5 s; it goes on", _scene.Reason);
    }

    [Fact]
    public async Task An_answer_without_a_state_is_a_failure()
    {
        _scene.Manager.Report(new JsonObject { ["phase"] = "running" });

        var (code, _) = await _scene.SubmitAsync(Waiting);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.StartsWith("jobs-manager answered 200 without a state: ", _scene.Reason);
    }

    private static JsonObject State(string state) => new() { ["state"] = state };
}
