using Microsoft.Extensions.Logging;
using Tracebloc.Processes;

namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>Runs the helm binary, each time with a deadline. Nothing secret is ever an argument.</summary>
internal sealed class HelmProcess(
    string program, IReadOnlyDictionary<string, string?> environment, TimeProvider time, ILogger logger)
{
    private readonly ProgramRunner _process = new(time, logger);

    /// <summary>Runs it to its end. At the deadline, and when cancelled, it is ended with all its children.</summary>
    public async Task<HelmResult> RunAsync(
        IReadOnlyList<string> arguments, TimeSpan deadline, CancellationToken token)
    {
        Log.HelmStarted(logger, string.Join(' ', arguments));
        // A terminated upgrade rolls back as far as the time allows; the next run does the rest.
        var helm = new ProgramRun(program, arguments, deadline)
        {
            Environment = environment,
            Grace = UpgradeDeadlines.Stop,
        };
        var end = await _process.RunAsync(helm, token);
        return new HelmResult(end.ExitCode, end.Output, end.Error, end.InTime ? null : deadline);
    }
}
