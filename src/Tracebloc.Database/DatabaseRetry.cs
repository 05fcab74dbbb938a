using Microsoft.Extensions.Logging;

namespace Tracebloc.Database;

/// <summary>
/// Repeats a transaction that lost a deadlock (1213) or waited too long for a lock (1205), with decorrelated jitter, so
/// that rivals do not meet again.
/// </summary>
/// <param name="time">The clock of the pauses.</param>
/// <param name="random">Numbers from 0 up to 1.</param>
/// <param name="logger">Receives a line for each repetition; null: none is written.</param>
/// <seealso href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"/>
public sealed partial class DatabaseRetry(TimeProvider time, Func<double> random, ILogger? logger = null)
{
    /// <summary>The most attempts.</summary>
    public const int Attempts = 8;

    /// <summary>The shortest pause.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Runs the work until it succeeds, fails for another reason, or has had its attempts.</summary>
    /// <exception cref="DatabaseException">The last failure.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(work);
        var pause = Shortest;
        for (var attempt = 1; ; attempt++)
            try
            {
                return await work(token);
            }
            catch (DatabaseException conflict) when (conflict.IsTransient && attempt < Attempts)
            {
                pause = After(pause);
                if (logger is not null) LogRepeating(logger, conflict.Message, attempt + 1, Attempts);
                await Task.Delay(pause, time, token);
            }
    }

    /// <summary>Runs the work in a transaction of the session, repeated as a whole.</summary>
    /// <exception cref="DatabaseException">The last failure.</exception>
    public Task RunInTransactionAsync(
        DatabaseSession session, Func<CancellationToken, Task> work, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(session);
        return RunAsync(
            async current =>
            {
                await session.InTransactionAsync(work, current);
                return true;
            },
            token);
    }

    private TimeSpan After(TimeSpan last)
    {
        var next = Shortest + (random() * ((last * 3) - Shortest));
        return next < Longest ? next : Longest;
    }

    [LoggerMessage(601, LogLevel.Information, "{Cause}; repeating the transaction, attempt {Attempt} of {Attempts}")]
    private static partial void LogRepeating(ILogger logger, string cause, int attempt, int attempts);
}
