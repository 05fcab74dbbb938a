using System.Text;

namespace Tracebloc.ImageRefresh;

/// <summary>Results go to standard output, whole and in UTF-8; <c>Console.Out</c> would cost the no-op tick its set-up.</summary>
internal sealed class ResultWriter(Func<Stream> open)
{
    public void Write(string text)
    {
        using var stream = open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
