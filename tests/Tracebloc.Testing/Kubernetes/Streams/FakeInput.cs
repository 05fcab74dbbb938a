using System.IO.Pipelines;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Standard input as it arrives; the client waits while 64 KiB of it are unread.</summary>
internal sealed class FakeInput(FakeChannels channels, bool canEnd)
{
    private const byte Input = 0, End = 255;

    private readonly Pipe _pipe = new();

    internal Stream Stream => _pipe.Reader.AsStream();

    internal int LongestMessage { get; private set; }

    /// <summary>Fills the stream until the client has left.</summary>
    internal async Task FillAsync(CancellationToken cancellationToken)
    {
        while (await channels.ReceiveAsync(cancellationToken) is { } message)
        {
            if (canEnd && message is [End, Input]) await _pipe.Writer.CompleteAsync();
            else if (message[0] == Input)
            {
                LongestMessage = Math.Max(LongestMessage, message.Length);
                await _pipe.Writer.WriteAsync(message.AsMemory(1), cancellationToken);
            }
        }
    }
}
