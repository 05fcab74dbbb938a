using System.Text.Json.Serialization.Metadata;
using Tracebloc.CommandLine;
using Tracebloc.Net;

namespace Tracebloc.Cli.Terminal;

/// <summary>
/// Writes the results of a verb. In text they go to standard output; with <c>--output json</c> one object goes there,
/// and everything for people to standard error. Control characters of foreign text never reach the terminal.
/// </summary>
internal sealed class Screen(TerminalSetup setup, ScreenOptions options)
{
    private const string Reset = "\u001b[0m";

    public bool IsJson => options.Output == OutputFormat.Json;

    public bool IsVerbose => options.Verbose;

    /// <summary>True where a person can be asked.</summary>
    public bool CanAsk => setup is { IsInputTerminal: true, IsOutputTerminal: true } && !options.NoInput && !IsJson;

    public TimeProvider Time => setup.Time;

    /// <summary>Looks an environment variable up; null when it is unset.</summary>
    public Func<string, string?> Variable => setup.Variable;

    public int Width => People == setup.Output && setup.IsOutputTerminal ? Math.Max(setup.Width(), 40) : 80;

    public Prompt Prompt => new(setup.Input, setup.Output);

    private TextWriter People => IsJson ? setup.Error : setup.Output;

    private bool HasColours =>
        !setup.IsColourless && (IsJson ? setup.IsErrorTerminal : setup.IsOutputTerminal);

    /// <summary>Writes lines for people.</summary>
    /// <param name="text">Lines; those of others may be among them.</param>
    /// <param name="tone">The meaning.</param>
    public void Line(string text, Tone tone = Tone.Plain)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            People.WriteLine(HasColours ? Painted(Escaped.Text(line), tone) : Escaped.Text(line));
    }

    /// <summary>Writes a remark to standard error.</summary>
    public void Note(string text) => setup.Error.WriteLine($"note: {Escaped.Text(text)}");

    /// <summary>Writes a warning to standard error.</summary>
    public void Warn(string text) => setup.Error.WriteLine($"warning: {Escaped.Text(text)}");

    /// <summary>Writes an error to standard error.</summary>
    public void Complain(string text) => setup.Error.WriteLine(Escaped.Text(text));

    /// <summary>Writes a detail to standard error, where a user wants them.</summary>
    public void Detail(string text)
    {
        if (IsVerbose) setup.Error.WriteLine(Escaped.Text(text));
    }

    /// <summary>Writes the one object of <c>--output json</c>; nothing in text.</summary>
    public void Result<T>(T value, JsonTypeInfo<T> type)
    {
        if (IsJson) setup.Output.Write(JsonText.Write(value, type));
    }

    /// <summary>Shows how far something is, until it is disposed.</summary>
    public ProgressLine Progress() => new(setup);

    private static string Painted(string line, Tone tone) => tone switch
    {
        Tone.Good => $"\u001b[32m{line}{Reset}",
        Tone.Doubtful => $"\u001b[33m{line}{Reset}",
        Tone.Bad => $"\u001b[31m{line}{Reset}",
        Tone.Strong => $"\u001b[1m{line}{Reset}",
        _ => line,
    };
}
