using Microsoft.Extensions.Logging;

namespace Tracebloc.Ingestor.Progress;

/// <summary>Logs the progress of a stage every few seconds, as long as it moves. Safe for concurrent use.</summary>
internal sealed partial class ProgressLog : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Stage _stage;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private long _count;
    private long _bytes;
    private long _logged = -1;

    /// <summary>Starts now.</summary>
    public ProgressLog(Stage stage, ILogger logger, TimeProvider time)
    {
        (_stage, _logger, _time, _start) = (stage, logger, time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Log(), null, Period, Period);
    }

    /// <summary>Notes how far the stage is.</summary>
    /// <param name="count">The rows or files so far.</param>
    /// <param name="bytes">The bytes so far.</param>
    public void Report(long count, long bytes)
    {
        Interlocked.Exchange(ref _count, count);
        Interlocked.Exchange(ref _bytes, bytes);
    }

    /// <summary>Ends the lines.</summary>
    public void Dispose() => _timer.Dispose();

    private void Log()
    {
        var (count, bytes) = (Interlocked.Read(ref _count), Interlocked.Read(ref _bytes));
        // A line that repeats the last one hides that nothing moves.
        if (Interlocked.Exchange(ref _logged, bytes + count) == bytes + count) return;
        LogProgress(_logger, ProgressText.Of(_stage, count, bytes, _time.GetElapsedTime(_start)));
    }

    [LoggerMessage(620, LogLevel.Information, "{Progress}")]
    private static partial void LogProgress(ILogger logger, string progress);
}
