using System.CommandLine;

namespace Tracebloc.CommandLine;

/// <summary>A word of a command line as completion knows it; the program itself is the first one.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="About">One sentence.</param>
public sealed record WordSyntax(string Name, string About)
{
    /// <summary>The other names of the word.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<OptionSyntax> Options { get; init; } = [];

    /// <summary>The words below it, in the order of the help.</summary>
    public IReadOnlyList<WordSyntax> Words { get; init; } = [];

    /// <summary>The argument; null where it takes none.</summary>
    public ValueSyntax? Argument { get; init; }

    internal static WordSyntax Of(Command command)
    {
        var verb = (command as VerbCommand)?.Verb;
        return new(command.Name, FirstSentence(command.Description))
        {
            Aliases = [.. command.Aliases],
            Options =
            [
                .. command.Options.Where(option => !option.Hidden && option.Name != "--help")
                    .Select(option => OptionOf(option, verb?.ValuesOf(option) ?? [])),
                new(["--help", "-h"], "Show help and usage information", null),
            ],
            Words = [.. command.Subcommands.Where(word => !word.Hidden).Select(Of)],
            Argument = command.Arguments is [var first, ..] ? ValueSyntax.Of(first.HelpName ?? first.Name, []) : null,
        };
    }

    private static OptionSyntax OptionOf(Option option, IReadOnlyList<string> values) => new(
        [option.Name, .. option.Aliases],
        FirstSentence(option.Description),
        option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0
            ? null
            : ValueSyntax.Of(option.HelpName ?? "", values));

    private static string FirstSentence(string? text) => (text ?? "").Split(". ")[0].Split('\n')[0].TrimEnd('.');
}

/// <summary>An option as completion knows it.</summary>
/// <param name="Names">Its names with their dashes, the long one first.</param>
/// <param name="About">One sentence.</param>
/// <param name="Value">The value that it takes; null for a switch.</param>
public sealed record OptionSyntax(IReadOnlyList<string> Names, string About, ValueSyntax? Value);

/// <summary>A value as completion knows it.</summary>
/// <param name="Words">The words that it may be; none where any text does.</param>
/// <param name="IsFile">True for the path of a file or a folder.</param>
public sealed record ValueSyntax(IReadOnlyList<string> Words, bool IsFile)
{
    private static readonly string[] Files = ["FILE", "DIR", "PATH"];

    // In the help, "text|json" are the words that a value may be.
    internal static ValueSyntax Of(string name, IReadOnlyList<string> values) => new(
        values.Count > 0 ? values : name.Contains('|', StringComparison.Ordinal) ? name.Split('|') : [],
        Files.Contains(name));
}
