using System.CommandLine;
using Tracebloc.Configuration;

namespace Tracebloc.CommandLine;

/// <summary>The one line about what is wrong with a command line.</summary>
internal static class Mistake
{
    /// <summary>The gravest error, ending in a full stop, with the word that was probably meant.</summary>
    public static string Describe(ParseResult result)
    {
        var command = result.CommandResult.Command;
        return Strays(result) is [var stray, ..] && NearestTo(stray, command) is { } meant
            ? $"{Kind(stray, command)} \"{stray.Split('=', 2)[0]}\" is unknown; did you mean {meant}?"
            : Missing(result) ?? Gravest(result);
    }

    // The parser names the command that lacks an argument, and not the argument.
    private static string? Missing(ParseResult result)
    {
        var command = result.CommandResult.Command;
        return command.Options.FirstOrDefault(option => option.Arity.MinimumNumberOfValues > 0
                && result.GetResult(option) is { Implicit: false, Tokens.Count: 0 }) is { } empty
            ? $"option {empty.Name} has no value."
            : command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0
                && result.GetResult(argument) is null or { Tokens.Count: 0 }) is { } absent
            ? $"argument {absent.Name} is missing."
            : null;
    }

    // Where a word may be a verb or an argument, one that others follow was meant as a verb.
    private static IReadOnlyList<string> Strays(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var isBelow = result.UnmatchedTokens.Count > 0 && command.Subcommands.Count > 0;
        // The parser takes an unknown option for an argument, too.
        return
        [
            .. command.Arguments.SelectMany(argument => result.GetResult(argument)?.Tokens ?? [])
                .Select(token => token.Value)
                .Where(word => (isBelow || IsOption(word)) && NearestTo(word, command) is not null),
            .. result.UnmatchedTokens,
        ];
    }

    // A word that was mistyped explains more than the option that is missing because of it.
    private static string Gravest(ParseResult result) => result.Errors
        .Select(error => error.Message)
        .OrderByDescending(message => result.UnmatchedTokens.Any(stray => message.Contains($"'{stray}'")))
        .First();

    private static string? NearestTo(string stray, Command command)
    {
        if (!IsOption(stray))
            return Suggestion.For(stray, command.Subcommands.Select(verb => verb.Name));
        var name = Suggestion.For(Bare(stray), command.Options.Select(option => Bare(option.Name)));
        return name is null ? null : $"--{name}";
    }

    private static string Kind(string stray, Command command) => IsOption(stray) ? "option"
        : command.Subcommands.Count > 0 ? "verb"
        : "argument";

    // The dashes are not counted: they would make any two options look alike.
    private static string Bare(string option) => option.Split('=', 2)[0].TrimStart('-');

    private static bool IsOption(string text) => text.StartsWith("--", StringComparison.Ordinal);
}
