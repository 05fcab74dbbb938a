namespace Tracebloc.Cli.Terminal;

/// <summary>The terminal, or the pipes in its place, as the process has them.</summary>
internal sealed record TerminalSetup
{
    public required System.IO.TextReader Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>The columns of the terminal.</summary>
    public Func<int> Width { get; init; } = () => 80;

    /// <summary>Looks an environment variable up; null when it is unset.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>True for a terminal that can neither colour nor overwrite.</summary>
    public bool IsDumb => Variable("TERM") == "dumb";

    /// <summary>True where a user asked for no colours, https://no-color.org.</summary>
    public bool IsColourless => IsDumb || Variable("NO_COLOR") is { Length: > 0 };
}
