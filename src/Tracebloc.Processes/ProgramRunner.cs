using System.ComponentModel;
using CliWrap;
using Microsoft.Extensions.Logging;
using Tracebloc.Net;

namespace Tracebloc.Processes;

/// <summary>Runs other programs, each with a deadline. Its messages quote neither input nor output.</summary>
/// <param name="time">The clock of deadlines.</param>
/// <param name="logger">Receives a warning when a program is asked to end; null: none is written.</param>
// CliWrap starts the program and feeds its pipes. Its own cancellation is not used: it ends a program by SIGINT, waits
// by the system's clock, forgets the exit code, and waits for pipes that grandchildren hold open.
public sealed partial class ProgramRunner(TimeProvider time, ILogger? logger = null)
{
    /// <summary>The longest wait, within the deadline, for pipes that children keep open after their program.</summary>
    public static readonly TimeSpan PipePatience = TimeSpan.FromSeconds(20);

    /// <summary>To read what is in the pipes already when a program ends at its deadline.</summary>
    public static readonly TimeSpan PipeDrain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs a program to its end. At the deadline, and when cancelled, it is ended with all its children.
    /// </summary>
    /// <exception cref="ProgramStartException">The program cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, and the program has ended.</exception>
    public async Task<ProgramResult> RunAsync(ProgramRun program, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var pipes = new CancellationTokenSource();
        var (output, error) = (new BoundedOutput(program.MaxOutput), new BoundedOutput(program.MaxOutput));
        using var process = new RunningProgram();
        var source = PipeSource.FromString(program.Input);
        using var deadline = new Deadline(program.Deadline, time, token);
        var run = Launch(program, source, output.Until(pipes.Token), error.Until(pipes.Token), process).Task;
        var inTime = await EndAsync(process, program, deadline.Token);
        await DrainAsync(run, deadline.Remaining, token);
        await pipes.CancelAsync();
        var end = await run;
        token.ThrowIfCancellationRequested();
        return new ProgramResult(end.ExitCode, output.Text, error.Text, inTime);
    }

    /// <summary>
    /// Starts a program whose input and output the caller streams. Like any other it is ended at its deadline, and when
    /// cancelled, with all its children. Of its errors the last <see cref="ProgramRun.MaxOutput"/> characters are kept.
    /// </summary>
    /// <exception cref="ProgramStartException">The program cannot be started.</exception>
    public StreamedProgram Start(ProgramRun program, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(program);
        var (pipes, process, began) = (new ProgramPipes(program.MaxOutput), new RunningProgram(), time.GetTimestamp());
        var run = Launch(program, pipes.Source, pipes.Target, pipes.ErrorTarget, process).Task;
        return new StreamedProgram(
            process,
            pipes,
            async stop =>
            {
                using var deadline = new Deadline(program.Deadline, time, stop);
                return await EndAsync(process, program, deadline.Token);
            },
            async () =>
            {
                await DrainAsync(run, program.Deadline - time.GetElapsedTime(began), CancellationToken.None);
                pipes.Abandon();
                return (await run).ExitCode;
            },
            token);
    }

    /// <summary>Waits for the pipes that children keep open after their program.</summary>
    private async Task DrainAsync(Task run, TimeSpan left, CancellationToken token)
    {
        var patience = left < PipeDrain ? PipeDrain : left < PipePatience ? left : PipePatience;
        await run.WaitAsync(patience, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // EndAsync ends the program; CliWrap gets no token.
    private static CommandTask<CommandResult> Launch(
        ProgramRun program, PipeSource input, PipeTarget output, PipeTarget error, RunningProgram process)
    {
        var command = Cli.Wrap(program.File)
            .WithArguments(program.Arguments)
            .WithEnvironmentVariables(program.Environment)
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(error)
            .WithValidation(CommandResultValidation.None);
        try
        {
            return command.ExecuteAsync(program.IsIsolated ? program.Isolate : null, process.Watch);
        }
        catch (Win32Exception e)
        {
            throw new ProgramStartException($"{program.File} cannot be run: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <returns>True when it ended by itself.</returns>
    private async Task<bool> EndAsync(RunningProgram process, ProgramRun program, CancellationToken deadline)
    {
        if (await process.HasExitedAsync(deadline)) return true;
        if (program.Grace > TimeSpan.Zero)
        {
            if (logger is not null) LogEnded(logger, Path.GetFileName(program.File), process.Id);
            process.Terminate();
            using var patience = new Deadline(program.Grace, time, CancellationToken.None);
            await process.HasExitedAsync(patience.Token);
        }

        process.Kill();
        await process.HasExitedAsync(CancellationToken.None);
        return false;
    }

    [LoggerMessage(401, LogLevel.Warning, "{Program} is being terminated (process {Id})")]
    private static partial void LogEnded(ILogger logger, string program, int id);
}
