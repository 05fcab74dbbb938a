using System.Text;

namespace Tracebloc.ImageRefresh;

/// <summary>Results go to standard output, whole and in UTF-8; <c>Console.Out</c> takes 5 ms to set up.</summary>
internal sealed class ResultWriter(Func<Stream> open)
{
    public void Write(string text)
    {
        using var stream = open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
