using Microsoft.Extensions.Logging;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>
/// Shows the state of a long work: on a terminal one line that is written over, elsewhere a line of the log every ten
/// seconds. Safe for concurrent use.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives the lines.</param>
/// <param name="terminal">The terminal; null where there is none.</param>
internal sealed partial class Progress(TimeProvider time, ILogger logger, TextWriter? terminal) : IDisposable
{
    private const string Blank = "\r\u001b[K";

    private const int Width = 78;

    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100), Elsewhere = TimeSpan.FromSeconds(10);

    private readonly Lock _turn = new();
    private long _last = time.GetTimestamp();
    private bool _isShown;

    /// <summary>Shows a text, unless the last one was shown a moment ago.</summary>
    /// <param name="text">Makes the text.</param>
    public void Show(Func<string> text)
    {
        lock (_turn)
        {
            if (time.GetElapsedTime(_last) < (terminal is null ? Elsewhere : OnTerminal)) return;
            _last = time.GetTimestamp();
            if (terminal is null)
            {
                LogProgress(logger, text());
                return;
            }

            terminal.Write(Blank + Line.Of(text(), Width));
            terminal.Flush();
            _isShown = true;
        }
    }

    /// <summary>Takes the line off the terminal, to make room for others.</summary>
    public void Clear()
    {
        lock (_turn)
        {
            if (_isShown) terminal?.Write(Blank);
            _isShown = false;
        }
    }

    public void Dispose() => Clear();

    [LoggerMessage(861, LogLevel.Information, "{Progress}")]
    private static partial void LogProgress(ILogger logger, string progress);
}
