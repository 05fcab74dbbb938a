using Tracebloc.Net;

namespace Tracebloc.Cli.Terminal;

/// <summary>
/// Shows how far something is: on a terminal one line that is written over, elsewhere a line every few seconds. Safe
/// for concurrent use.
/// </summary>
internal sealed class ProgressLine(TerminalSetup setup) : IDisposable
{
    public static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100), Elsewhere = TimeSpan.FromSeconds(5);

    private const string Blank = "\r\u001b[K";

    private readonly Lock _turn = new();
    private long _last = setup.Time.GetTimestamp();
    private bool _isShown;

    /// <summary>True on a terminal, where one line is written over.</summary>
    public bool IsRewritten => setup.IsErrorTerminal && !setup.IsDumb;

    /// <summary>Shows a text, unless the last one was shown a moment ago.</summary>
    /// <param name="text">Makes the text.</param>
    public void Show(Func<string> text)
    {
        lock (_turn)
        {
            if (setup.Time.GetElapsedTime(_last) < (IsRewritten ? OnTerminal : Elsewhere)) return;
            _last = setup.Time.GetTimestamp();
            if (IsRewritten)
                setup.Error.Write(Blank + Net.Line.Of(text(), Math.Max(setup.Width() - 2, 10)));
            else
                setup.Error.WriteLine(Escaped.Text(text()));
            setup.Error.Flush();
            _isShown = IsRewritten;
        }
    }

    public void Dispose() => Clear();

    /// <summary>Takes the line off the terminal, to make room for others; it may be shown again.</summary>
    public void Clear()
    {
        lock (_turn)
        {
            if (_isShown) setup.Error.Write(Blank);
            _isShown = false;
        }
    }
}
