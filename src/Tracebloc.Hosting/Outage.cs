using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting;

/// <summary>
/// Repeated failures of one kind: a line when they begin, a line when they end, and pauses that grow from 1 s to 30 s.
/// Not safe for concurrent use.
/// </summary>
/// <param name="work">The work that fails, as the lines name it.</param>
/// <param name="logger">Receives the lines.</param>
public sealed partial class Outage(string work, ILogger logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(30);

    private TimeSpan? _pause;

    /// <summary>The work has failed.</summary>
    /// <returns>The pause before its next attempt.</returns>
    public TimeSpan Failed(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        if (_pause is null) LogBegan(logger, work, cause.Message);
        _pause = _pause is { } before ? TimeSpan.FromTicks(Math.Min(before.Ticks * 2, Longest.Ticks)) : Shortest;
        return _pause.Value;
    }

    /// <summary>The work has succeeded.</summary>
    public void Ended()
    {
        if (_pause is not null) LogEnded(logger, work);
        _pause = null;
    }

    [LoggerMessage(713, LogLevel.Warning, "{Work} waits, and is tried again until it succeeds: {Cause}")]
    private static partial void LogBegan(ILogger logger, string work, string cause);

    [LoggerMessage(714, LogLevel.Information, "{Work} goes on")]
    private static partial void LogEnded(ILogger logger, string work);
}
