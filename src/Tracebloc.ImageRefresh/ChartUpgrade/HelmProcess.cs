using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh.ChartUpgrade;

/// <summary>Runs the helm binary, each time with a deadline. Nothing secret is ever an argument.</summary>
internal sealed class HelmProcess(
    string program, IReadOnlyDictionary<string, string> environment, TimeProvider time, ILogger logger)
{
    /// <summary>Runs it to its end. At the deadline, and when cancelled, it is ended with all its children.</summary>
    public async Task<HelmResult> RunAsync(
        IReadOnlyList<string> arguments, TimeSpan deadline, CancellationToken token)
    {
        Log.HelmStarted(logger, string.Join(' ', arguments));
        using var process = Start(arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var inTime = await EndAsync(process, deadline, token);
        token.ThrowIfCancellationRequested();
        return new HelmResult(
            process.ExitCode, await RestOfAsync(output, token), await RestOfAsync(error, token),
            inTime ? null : deadline);
    }

    /// <returns>Whether it ended by itself.</returns>
    private async Task<bool> EndAsync(Process process, TimeSpan deadline, CancellationToken token)
    {
        using var timer = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, token);
        if (await HasEndedAsync(process, either.Token)) return true;
        // An upgrade that is told to end rolls back, as far as the time allows; the next run does the rest.
        Log.HelmEnded(logger, process.Id);
        ChildSignal.Terminate(process);
        using var patience = new CancellationTokenSource(UpgradeDeadlines.Stop, time);
        if (!await HasEndedAsync(process, patience.Token)) process.Kill(entireProcessTree: true);
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

    // A credential plugin that outlives helm keeps the pipe open.
    private async Task<string> RestOfAsync(Task<string> stream, CancellationToken token)
    {
        try
        {
            return await stream.WaitAsync(UpgradeDeadlines.Stop, time, token);
        }
        catch (TimeoutException)
        {
            return "";
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        try
        {
            return Process.Start(info) ?? throw new InvalidOperationException($"{program} was not started.");
        }
        catch (Win32Exception e)
        {
            throw new ConfigurationException($"{program} cannot be run: {e.Message}", e);
        }
    }
}
