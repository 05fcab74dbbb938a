namespace Tracebloc.Cli.Tests.Page;

/// <summary>The lines that a person types, which a terminal shows.</summary>
internal sealed class Typed(Queue<string> lines, TextWriter screen) : System.IO.TextReader
{
    public override string? ReadLine()
    {
        if (!lines.TryDequeue(out var line)) return null;
        screen.WriteLine(line);
        return line;
    }
}
