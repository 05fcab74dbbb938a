using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tracebloc.Processes;

/// <summary>Runs other programs, each with a deadline.</summary>
public sealed partial class ChildProcess(TimeProvider time, ILogger logger)
{
    /// <summary>The deadline for pipes that a program's own children keep open after its end.</summary>
    public static TimeSpan PipeDeadline { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Runs it to its end. At the deadline, and when cancelled, it is ended with all its children.</summary>
    /// <exception cref="ProgramStartException">It cannot be run.</exception>
    public async Task<ChildResult> RunAsync(ChildProgram program, CancellationToken token)
    {
        using var process = Start(program);
        // Not by the token: who is told to end may have something to say yet, and waits if nobody reads.
        var output = ChildOutput.Read(process.StandardOutput, program.MaxOutput, CancellationToken.None);
        var error = ChildOutput.Read(process.StandardError, program.MaxOutput, CancellationToken.None);
        var input = WriteAsync(process.StandardInput, program.Input, token);
        var inTime = await EndAsync(process, program, token);
        token.ThrowIfCancellationRequested();
        var ends = Task.WhenAll(input, output.End, error.End);
        await ends.WaitAsync(PipeDeadline, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        token.ThrowIfCancellationRequested();
        return new ChildResult(process.ExitCode, output.Text, error.Text, inTime);
    }

    // A program need not read what it is given.
    private static async Task WriteAsync(StreamWriter stream, string input, CancellationToken token)
    {
        try
        {
            await using (stream)
                await stream.WriteAsync(input.AsMemory(), token);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // It has closed its end, or is about to be ended; how it ends is told by its exit code.
        }
    }

    /// <returns>Whether it ended by itself.</returns>
    private async Task<bool> EndAsync(Process process, ChildProgram program, CancellationToken token)
    {
        using var timer = new CancellationTokenSource(program.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, token);
        if (await HasEndedAsync(process, either.Token)) return true;
        if (program.Grace > TimeSpan.Zero)
        {
            LogEnded(logger, Path.GetFileName(program.File), process.Id);
            ChildSignal.Terminate(process);
            using var patience = new CancellationTokenSource(program.Grace, time);
            await HasEndedAsync(process, patience.Token);
        }
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        return false;
    }

    private static async Task<bool> HasEndedAsync(Process process, CancellationToken token)
    {
        try
        {
            await process.WaitForExitAsync(token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Process Start(ChildProgram program)
    {
        var info = new ProcessStartInfo(program.File, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in program.Environment) info.Environment[name] = value;
        try
        {
            return Process.Start(info) ?? throw new InvalidOperationException($"{program.File} was not started.");
        }
        catch (Win32Exception e)
        {
            throw new ProgramStartException($"{program.File} cannot be run: {e.Message}", e);
        }
    }

    [LoggerMessage(401, LogLevel.Warning, "{Program} is asked to end (process {Id})")]
    private static partial void LogEnded(ILogger logger, string program, int id);
}
