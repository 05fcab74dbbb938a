using Tracebloc.ModelUpload.Reporting;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>
/// Writes the progress of a run: a line that is written over on a terminal, one JSON line every ten seconds elsewhere.
/// </summary>
internal sealed class ProgressReporter : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(500);

    private readonly TransferCounter _counter;
    private readonly TextWriter _output;
    private readonly int? _width;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private bool _isEnded;

    /// <summary>Starts now.</summary>
    /// <param name="counter">The bytes.</param>
    /// <param name="output">Standard error.</param>
    /// <param name="width">The columns of the terminal; null where there is none.</param>
    /// <param name="time">The clock.</param>
    public ProgressReporter(TransferCounter counter, TextWriter output, int? width, TimeProvider time)
    {
        (_counter, _output, _width) = (counter, output, width);
        var period = width is null ? ProgressRecord.Interval : OnTerminal;
        _timer = time.CreateTimer(_ => Write(), null, period, period);
    }

    /// <summary>Ends the lines.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            if (!_isEnded && _width is not null)
                _output.Write("\r\x1b[K");
            _isEnded = true;
        }
    }

    private void Write()
    {
        lock (_lock)
        {
            if (_isEnded)
                return;
            if (_width is { } columns)
                _output.Write($"\r\x1b[K{ProgressText.Of(_counter.State, columns - 1)}");
            else
                _output.WriteLine(ProgressRecord.Json(_counter.State));
            _output.Flush();
        }
    }
}
