using Spectre.Console;

namespace Tracebloc.Demo;

/// <summary>Prints the scenes of a demo, and counts those that went otherwise than their titles say.</summary>
internal sealed class Stage
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Out = new UnwrappedOutput(Console.Out),
    });

    private int _played;
    private int _failed;

    public void Open(string program, string place)
    {
        (_played, _failed) = (0, 0);
        _console.MarkupLine($"[bold]{program.EscapeMarkup()}[/], {place.EscapeMarkup()}");
    }

    /// <summary>A file, each line a little to the right.</summary>
    public void Show(string name, string content)
    {
        _console.MarkupLine($"[grey]{name.EscapeMarkup()}[/]");
        foreach (var line in content.TrimEnd().Split('\n'))
            _console.MarkupLine($"[grey]  {line.EscapeMarkup()}[/]");
    }

    public void Begin(string title)
    {
        Break();
        _console.MarkupLine($"[bold]{++_played,2}  {title.EscapeMarkup()}[/]");
    }

    public void Command(string command) => _console.MarkupLine($"    [grey]$ {command.EscapeMarkup()}[/]");

    public void Print(string output)
    {
        foreach (var line in output.TrimEnd().Split('\n'))
            _console.MarkupLine($"    {line.EscapeMarkup()}");
    }

    public void Remark(string remark) => _console.MarkupLine($"    [grey]{remark.EscapeMarkup()}[/]");

    /// <summary>A scene that went otherwise.</summary>
    /// <param name="expected">What its title promises.</param>
    /// <param name="log">The log of the program.</param>
    public void Fail(string expected, string log)
    {
        _failed++;
        _console.MarkupLine($"    [red]expected {expected.EscapeMarkup()}[/]");
        Console.Error.WriteLine(log);
    }

    public void Break() => _console.WriteLine();

    /// <summary>A heading that is no scene.</summary>
    public void Heading(string title)
    {
        Break();
        _console.MarkupLine($"[bold]{title.EscapeMarkup()}[/]");
    }

    /// <returns>How many scenes failed.</returns>
    public int Close()
    {
        _console.MarkupLine(_failed == 0
            ? $"[green]All {_played} scenes succeeded.[/]"
            : $"[red]{_failed} of {_played} scenes went wrong.[/]");
        return _failed;
    }
}
