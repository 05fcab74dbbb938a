using System.Text;
using Spectre.Console;

namespace Tracebloc.Demo;

/// <summary>Lines as the program wrote them: a terminal wraps them itself, and a file should not.</summary>
internal sealed class UnwrappedOutput(TextWriter writer) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => !Console.IsOutputRedirected;

    public int Width => 1000;

    public int Height => 25;

    public void SetEncoding(Encoding encoding)
    {
    }
}
