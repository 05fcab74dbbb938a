using System.Text;
using CliWrap;

namespace Tracebloc.Testing;

/// <summary>
/// A program as an operator runs it, in an environment of what a test gives. What it writes is searched for secrets.
/// </summary>
public sealed class ChildProgram
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly List<Canary> _secrets = [];
    private readonly string _arguments;
    private readonly CommandTask<CommandResult> _run;

    private ChildProgram(
        string file,
        IReadOnlyList<string> arguments,
        IReadOnlyList<(string Name, string Value)> environment,
        CancellationToken cancellationToken)
    {
        _arguments = string.Join(' ', arguments);
        _run = Cli.Wrap(file)
            .WithArguments(arguments)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(_output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(_error))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(
                start =>
                {
                    start.Environment.Clear();
                    foreach (var (name, value) in environment)
                        start.Environment[name] = value;
                },
                configureProcess: null,
                cancellationToken);
    }

    /// <summary>Completes when it has ended, in whatever way; fails where it let out a secret.</summary>
    public Task<ProgramResult> Result => ResultAsync();

    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">All of its variables.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static ChildProgram Start(
        string file,
        IReadOnlyList<string> arguments,
        IReadOnlyList<(string Name, string Value)> environment,
        CancellationToken cancellationToken) => new(file, arguments, environment, cancellationToken);

    /// <summary>Names secrets that it must not let out, beside every <see cref="Canary"/>.</summary>
    public ChildProgram Guarding(params IEnumerable<Canary> secrets)
    {
        _secrets.AddRange(secrets);
        return this;
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public Task InterruptAsync() => Signal.InterruptAsync(_run.ProcessId);

    public Task TerminateAsync() => Signal.TerminateAsync(_run.ProcessId);

    /// <summary>SIGKILL, and the wait until there is no such process.</summary>
    public async Task KillAsync()
    {
        await Signal.KillAsync(_run.ProcessId);
        await ResultAsync();
    }

    private async Task<ProgramResult> ResultAsync()
    {
        var end = await _run.Task;
        var result = new ProgramResult(end.ExitCode, $"{_output}", $"{_error}");
        new LeakScan(_secrets)
            .Look("the command line", _arguments)
            .Look("standard output", result.Output)
            .Look("standard error", result.Error)
            .AssertNone();
        return result;
    }
}

/// <summary>The end of a <see cref="ChildProgram"/>: its exit code and all that it wrote.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <exception cref="InvalidOperationException">It ended with another code; the message is all that it
    /// said.</exception>
    public ProgramResult AssertExit(int code) => ExitCode == code
        ? this
        : throw new InvalidOperationException($"exit {ExitCode}, not {code}\n{Output}\n{Error}");
}
