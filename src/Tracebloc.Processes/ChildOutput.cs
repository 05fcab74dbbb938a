using System.Text;

namespace Tracebloc.Processes;

/// <summary>One output of a program, which is read to its end so that the program never waits for a reader.</summary>
internal sealed class ChildOutput
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _kept = new();

    private ChildOutput()
    {
    }

    /// <summary>Completes where the output ends.</summary>
    public Task End { get; private set; } = Task.CompletedTask;

    /// <summary>What came so far, as far as it is kept.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
                return _kept.ToString();
        }
    }

    public static ChildOutput Read(StreamReader stream, int limit, CancellationToken token)
    {
        var output = new ChildOutput();
        output.End = output.ReadAsync(stream, limit, token);
        return output;
    }

    private async Task ReadAsync(StreamReader stream, int limit, CancellationToken token)
    {
        var buffer = new char[4096];
        while (await stream.ReadAsync(buffer, token) is > 0 and var read)
            lock (_gate)
                _kept.Append(buffer, 0, Math.Min(read, limit - _kept.Length));
    }
}
