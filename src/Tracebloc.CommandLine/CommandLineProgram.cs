using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Tracebloc.Net;

namespace Tracebloc.CommandLine;

/// <summary>A program's command line: its verbs, its help, and one line with a remedy for every mistake.</summary>
public sealed class CommandLineProgram
{
    /// <summary>The exit code of a mistake on the command line.</summary>
    public const int UsageError = 2;

    // A fixed width keeps the text the same on every terminal and in the tests.
    private const int HelpWidth = 110;

    // Bundled letters and @response files are off: an image reference may begin with @.
    private static readonly ParserConfiguration Syntax = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private readonly Command _root;
    private readonly string _exitCodes;

    private CommandLineProgram(Command root, string examples, string exitCodes)
    {
        (_root, _exitCodes) = (root, exitCodes);
        _root.Add(new VersionOption());
        _root.Add(Help(examples));
    }

    /// <summary>A program of several words: verbs, and groups of them.</summary>
    /// <param name="name">The program's name, as it is typed.</param>
    /// <param name="about">One sentence for the top of the help.</param>
    /// <param name="words">The words, in the order of the help.</param>
    /// <param name="examples">Whole commands, one a line, indented by two.</param>
    /// <param name="exitCodes">The exit codes and their meanings, indented by two.</param>
    public static CommandLineProgram Of(
        string name, string about, IReadOnlyList<CommandWord> words, string examples, string exitCodes)
    {
        ArgumentNullException.ThrowIfNull(words);
        var root = new Command(name, about);
        foreach (var word in words)
            root.Add(word.Command);
        return new CommandLineProgram(root, examples, exitCodes);
    }

    /// <summary>A program that does one thing: its only verb, without the word.</summary>
    /// <param name="verb">The verb, which is named as the program is.</param>
    /// <param name="exitCodes">The exit codes and their meanings, indented by two.</param>
    public static CommandLineProgram Of(Verb verb, string exitCodes)
    {
        ArgumentNullException.ThrowIfNull(verb);
        return new CommandLineProgram(verb.Command, verb.Examples, exitCodes);
    }

    /// <summary>
    /// Writes a mistake as JSON, from its exit code and its line, where the command line asks for JSON; null: a mistake
    /// is a line on standard error alone.
    /// </summary>
    public Func<int, string, string>? MistakeAsJson { get; set; }

    /// <summary>All words with their options, for completion.</summary>
    public WordSyntax Words => WordSyntax.Of(_root);

    /// <summary>The verb's options as the arguments give them; null when the arguments contain a mistake.</summary>
    public object? Read(IReadOnlyList<string> args) =>
        _root.Parse(args, Syntax) is { Errors.Count: 0, CommandResult.Command: VerbCommand command } result
            ? command.Verb.Read(result)
            : null;

    /// <summary>Runs the verb that the arguments name; without one, prints the help.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="output">Takes the help and the version.</param>
    /// <param name="error">Takes one line about a mistake.</param>
    /// <param name="token">Cancels the verb.</param>
    /// <returns>The verb's exit code; <see cref="UsageError"/> for a mistake on the command line.</returns>
    public async Task<int> InvokeAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (args.Count == 0 && _root is not VerbCommand)
            args = ["--help"];
        var result = _root.Parse(args, Syntax);
        if (result is { CommandResult.Command: GroupCommand, UnmatchedTokens.Count: 0 })
            result = _root.Parse([.. args, "--help"], Syntax);
        if (result.Errors.Count == 0)
            return await result.InvokeAsync(Console(output, error), token);
        var mistake = Escaped.Text($"{Mistake.Describe(result)} See {PathOf(result)} --help");
        await error.WriteLineAsync(mistake);
        if (MistakeAsJson is { } asJson && CommonOptions.FormatOf(args) == OutputFormat.Json)
            await output.WriteAsync(asJson(UsageError, mistake));
        return UsageError;
    }

    // Exceptions are for the caller, and so are signals.
    private static InvocationConfiguration Console(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static string PathOf(ParseResult result)
    {
        var path = result.CommandResult.Command.Name;
        for (var at = result.CommandResult.Parent; at is CommandResult parent; at = parent.Parent)
            path = $"{parent.Command.Name} {path}";
        return path;
    }

    private HelpOption Help(string examples)
    {
        var help = new HelpOption("--help", "-h") { Recursive = true };
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples, _exitCodes) { Width = HelpWidth };
        return help;
    }
}
