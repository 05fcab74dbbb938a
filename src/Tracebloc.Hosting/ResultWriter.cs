using System.Text;

namespace Tracebloc.Hosting;

/// <summary>Writes results to standard output, whole and in UTF-8.</summary>
/// <param name="open">Opens the output.</param>
public sealed class ResultWriter(Func<Stream> open)
{
    /// <summary>Writes the text and flushes it.</summary>
    public void Write(string text)
    {
        using var stream = open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
