using Tracebloc.Testing;

namespace Tracebloc.Processes.Tests;

/// <summary>The contract of the runner, with small programs of the shell.</summary>
public sealed class ProgramRunnerTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1), PipePatience = TimeSpan.FromSeconds(20);

    /// <summary>In real time, and only so that a test that would hang fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("programs-");
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly NamedPipe _pipe;

    public ProgramRunnerTests() => _pipe = new NamedPipe(Path.Combine(_folder.FullName, "pipe"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pipe.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Outputs_and_exit_code_are_the_program_s()
    {
        var result = await RunAsync("echo out ä; echo err >&2; exit 7");

        Assert.Equal(new ProgramResult(7, "out ä\n", "err\n", InTime: true), result);
    }

    [Fact]
    public async Task Arguments_arrive_one_by_one_as_they_are()
    {
        string[] arguments = ["", "a b", "\"q\" 'q'", @"\\back\", "$HOME *", "line\nline", "--ü"];

        var result = await RunAsync("for a; do printf '<%s>' \"$a\"; done", arguments: ["sh", .. arguments]);

        Assert.Equal(string.Concat(arguments.Select(argument => $"<{argument}>")), result.Output);
    }

    [Fact]
    public async Task Input_is_read_to_its_end_without_a_byte_order_mark()
    {
        var result = await RunAsync("od -An -tx1", program => program with { Input = "ä\n" });

        Assert.Equal("c3 a4 0a", result.Output.Trim());
    }

    [Fact]
    public async Task A_program_need_not_read_its_input() =>
        Assert.Equal(0, (await RunAsync(
            "exec <&-; echo done", program => program with { Input = new string('x', 500_000) })).ExitCode);

    [Fact]
    public async Task Variables_are_added_to_the_environment()
    {
        var result = await RunAsync("echo $HOME $EXTRA ${GONE-gone}", program => program with
        {
            Environment = new Dictionary<string, string?> { ["EXTRA"] = "more", ["GONE"] = null },
        });

        Assert.Equal($"{Environment.GetEnvironmentVariable("HOME")} more gone\n", result.Output);
    }

    [Fact]
    public async Task Output_over_the_limit_is_read_and_dropped()
    {
        var result = await RunAsync(
            "head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2; echo end",
            program => program with { MaxOutput = 10 });

        Assert.Equal(new string('x', 10), result.Output);
        Assert.Equal((0, 10), (result.ExitCode, result.Error.Length));
    }

    [Fact]
    public async Task At_its_deadline_a_program_is_killed_with_its_children()
    {
        var run = RunAsync(_pipe.Hanging(onTerm: ""));
        await _pipe.StartedAsync(Cancelled);

        _time.Advance(Deadline);

        Assert.False((await run).InTime);
        await _pipe.GoneAsync(Cancelled);
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task With_grace_a_program_gets_SIGTERM_and_its_last_words_count()
    {
        var run = RunAsync(_pipe.Hanging($"echo rolled back; {NamedPipe.EndChild}; exit 9"), WithGrace);
        await _pipe.StartedAsync(Cancelled);

        _time.Advance(Deadline);

        Assert.Equal(new ProgramResult(9, "rolled back\n", "", InTime: false), await run);
        await _pipe.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task A_program_that_ignores_SIGTERM_is_killed_after_its_grace()
    {
        var run = RunAsync(_pipe.Hanging(onTerm: ""), WithGrace);
        await _pipe.StartedAsync(Cancelled);
        _time.Advance(Deadline);
        await _time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(5), Cancelled).WaitAsync(Patience, Cancelled);
        Assert.False(run.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((137, false), ((await run).ExitCode, (await run).InTime));
        await _pipe.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task A_cancelled_run_ends_when_its_program_has_ended()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var run = RunAsync(_pipe.Hanging($"{NamedPipe.EndChild}; exit 0"), WithGrace, token: stopping.Token);
        await _pipe.StartedAsync(Cancelled);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await _pipe.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task A_daemon_that_keeps_the_pipes_open_holds_the_run_up_for_a_while_only()
    {
        var run = RunAsync($"{{ exec 3> '{_pipe.Path}'; echo started >&3; sleep 600; }} & echo $!; exit 3");
        await _pipe.StartedAsync(Cancelled);
        await _time.WaitForTimerAsync(due => due == PipePatience, Cancelled).WaitAsync(Patience, Cancelled);

        _time.Advance(PipePatience);

        var result = await run;
        Assert.Equal((3, true), (result.ExitCode, result.InTime));
        await RunAsync($"pkill -KILL -P {result.Output.Trim()}; kill -KILL {result.Output.Trim()}");
    }

    [Fact]
    public async Task The_wait_for_pipes_ends_with_the_deadline_of_the_run()
    {
        var limit = TimeSpan.FromSeconds(5);
        var run = RunAsync(
            $"{{ exec 3> '{_pipe.Path}'; echo started >&3; sleep 600; }} & echo $!; exit 3",
            program => program with { Deadline = limit });
        await _pipe.StartedAsync(Cancelled);
        // The first is the deadline, which has not been passed when the program ends; the second is the wait for pipes.
        await _time.WaitForTimerAsync(_ => _time.Armed.Count(due => due == limit) == 2, Cancelled);

        _time.Advance(limit);

        var result = await run;
        Assert.Equal((3, true), (result.ExitCode, result.InTime));
        await RunAsync($"pkill -KILL -P {result.Output.Trim()}; kill -KILL {result.Output.Trim()}");
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_named_with_the_reason()
    {
        var file = Path.Combine(_folder.FullName, "text");
        await File.WriteAllTextAsync(file, "hello", Cancelled);

        var error = await Assert.ThrowsAsync<ProgramStartException>(() => new ProgramRunner(_time).RunAsync(
            new ProgramRun(file, ["get"], Deadline) { Input = "hunter2" }, Cancelled));

        Assert.StartsWith($"{file} cannot be run: ", error.Message);
        Assert.Contains("Permission denied", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public void Neither_a_run_nor_its_result_prints_what_may_be_secret()
    {
        var run = new ProgramRun("/bin/x", [], Deadline)
        {
            Input = "hunter2",
            Environment = new Dictionary<string, string?> { ["P"] = "hunter2" },
        };

        Assert.Equal("/bin/x", $"{run}");
        Assert.Equal("exit code 1", $"{new ProgramResult(1, "hunter2", "hunter2", InTime: true)}");
    }

    private static ProgramRun WithGrace(ProgramRun program) => program with { Grace = TimeSpan.FromSeconds(5) };

    private Task<ProgramResult> RunAsync(
        string script,
        Func<ProgramRun, ProgramRun>? with = null,
        string[]? arguments = null,
        CancellationToken? token = null)
    {
        var program = new ProgramRun("/bin/sh", ["-c", script, .. arguments ?? []], Deadline);
        return new ProgramRunner(_time, _logger)
            .RunAsync(with?.Invoke(program) ?? program, token ?? Cancelled)
            .WaitAsync(Patience, Cancelled);
    }
}
