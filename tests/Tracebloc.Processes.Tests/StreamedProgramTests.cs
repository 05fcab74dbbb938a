using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Processes.Tests;

public sealed class StreamedProgramTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("programs-");
    private readonly ManualTimeProvider _time = new();
    private readonly NamedPipe _pipe;

    public StreamedProgramTests() => _pipe = new NamedPipe(Path.Combine(_folder.FullName, "pipe"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pipe.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_answer_is_read_before_the_next_line_is_written()
    {
        await using var program = Start("while read line; do echo \"<$line>\"; done; exit 3");

        await WriteAsync(program, "one\n");
        Assert.Equal("<one>\n", await ReadAsync(program));
        await WriteAsync(program, "two\n");
        Assert.Equal("<two>\n", await ReadAsync(program));
        var result = await program.EndAsync(Cancelled);

        Assert.Equal((3, true), (result.ExitCode, result.InTime));
    }

    [Fact]
    public async Task The_end_of_the_input_is_read_and_the_output_ends()
    {
        await using var program = Start("cat; echo over");

        await WriteAsync(program, "x");
        program.CloseInput();

        Assert.Equal("xover\n", await ReadToEndAsync(program));
    }

    [Fact]
    public async Task A_program_that_has_ended_takes_no_more_input()
    {
        await using var program = Start("exit 4");
        await ReadToEndAsync(program);

        // The pipe's buffer may take the first writes.
        while (await WriteAsync(program, new string('x', 100_000)))
            Assert.False(Cancelled.IsCancellationRequested);

        Assert.Equal(4, (await program.EndAsync(Cancelled)).ExitCode);
    }

    [Fact]
    public async Task The_end_of_its_errors_is_kept()
    {
        await using var program = Start("for i in 1 2 3 4 5 6 7 8 9; do echo line $i >&2; done", maxOutput: 14);

        var result = await program.EndAsync(Cancelled);

        Assert.Equal("line 8\nline 9\n", result.Error);
    }

    [Fact]
    public async Task An_isolated_program_sees_its_own_variables_only()
    {
        var run = new ProgramRun("/bin/sh", ["-c", "export -p | cut -d= -f1; echo $A"], Deadline)
        {
            IsIsolated = true,
            Environment = new Dictionary<string, string?> { ["A"] = "own" },
        };
        await using var program = new ProgramRunner(_time).Start(run, Cancelled);

        var output = await ReadToEndAsync(program);

        Assert.Contains("own\n", output);
        Assert.DoesNotContain("HOME", output);
        Assert.DoesNotContain("PATH", output);
    }

    [Fact]
    public async Task At_its_deadline_it_is_killed_with_its_children_and_its_output_ends()
    {
        await using var program = Start(_pipe.Hanging(onTerm: ""));
        await _pipe.StartedAsync(Cancelled);

        _time.Advance(Deadline);

        Assert.Equal("", await ReadToEndAsync(program));
        Assert.False((await program.EndAsync(Cancelled)).InTime);
        await _pipe.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task Disposing_ends_it_with_its_children()
    {
        var program = Start(_pipe.Hanging(onTerm: ""));
        await _pipe.StartedAsync(Cancelled);

        await program.DisposeAsync();

        await _pipe.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task A_cancelled_caller_ends_it_with_its_children()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await using var program = Start(_pipe.Hanging(onTerm: ""), token: stopping.Token);
        await _pipe.StartedAsync(Cancelled);

        await stopping.CancelAsync();

        await _pipe.GoneAsync(Cancelled);
    }

    [Fact]
    public async Task A_write_that_it_does_not_read_can_be_cancelled()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await using var program = Start(_pipe.Hanging(onTerm: ""));
        await _pipe.StartedAsync(Cancelled);
        var write = program.WriteAsync(new byte[1_000_000], stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
    }

    private StreamedProgram Start(string script, int maxOutput = 10_000, CancellationToken? token = null) =>
        new ProgramRunner(_time).Start(
            new ProgramRun("/bin/sh", ["-c", script], Deadline) { MaxOutput = maxOutput }, token ?? Cancelled);

    private static Task<bool> WriteAsync(StreamedProgram program, string text) =>
        program.WriteAsync(Encoding.UTF8.GetBytes(text), Cancelled);

    private static async Task<string> ReadAsync(StreamedProgram program)
    {
        var buffer = new byte[1000];
        return Encoding.UTF8.GetString(buffer, 0, await program.ReadAsync(buffer, Cancelled));
    }

    private static async Task<string> ReadToEndAsync(StreamedProgram program)
    {
        var text = "";
        while (await ReadAsync(program) is { Length: > 0 } more) text += more;
        return text;
    }
}
