using System.Text;
using CliWrap;

namespace Tracebloc.Processes;

/// <summary>
/// One output of a program, read to its end, so that the program never waits for a reader, and kept up to a limit.
/// </summary>
/// <param name="limit">In characters.</param>
/// <param name="keepsEnd">True: the last characters are kept; false: the first.</param>
internal sealed class BoundedOutput(int limit, bool keepsEnd = false)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _kept = new();

    /// <summary>The output so far, up to the limit.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
                return _kept.ToString();
        }
    }

    /// <summary>The reader of the output; it gives up when the token is cancelled.</summary>
    public PipeTarget Until(CancellationToken abandoned) => PipeTarget.Create(async (stream, _) =>
    {
        var reader = new StreamReader(stream, Encoding.UTF8);
        var buffer = new char[4096];
        try
        {
            // A read of a pipe cannot be cancelled, only left behind.
            while (await reader.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(abandoned)
                is > 0 and var read)
                Keep(buffer.AsSpan(0, read));
        }
        catch (OperationCanceledException)
        {
            // A grandchild holds the pipe open.
        }
    });

    private void Keep(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            if (keepsEnd)
                KeepEnd(text);
            else
                _kept.Append(text[..Math.Min(text.Length, limit - _kept.Length)]);
        }
    }

    private void KeepEnd(ReadOnlySpan<char> text)
    {
        _kept.Append(text[Math.Max(0, text.Length - limit)..]);
        if (_kept.Length > limit) _kept.Remove(0, _kept.Length - limit);
    }
}
