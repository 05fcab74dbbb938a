using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tracebloc.CommandLine;

/// <summary>Helpers for the custom parsers of options and arguments.</summary>
public static class Parsing
{
    /// <summary>The last value that was given.</summary>
    public static string Value(ArgumentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Tokens[^1].Value;
    }

    /// <summary>Adds an error and returns nothing.</summary>
    /// <param name="result">The option or argument with the value.</param>
    /// <param name="message">A sentence: the value, the fault, the remedy.</param>
    public static T? Reject<T>(ArgumentResult result, string message)
    {
        ArgumentNullException.ThrowIfNull(result);
        result.AddError(message);
        return default;
    }

    /// <summary>An option whose text must keep a rule.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="helpName">The word for its value in the help.</param>
    /// <param name="description">Its meaning, its default and an example.</param>
    /// <param name="isValid">The rule.</param>
    /// <param name="fault">
    /// The fault of a value that does not keep it, and the remedy: the end of a sentence that begins with the option
    /// and the value.
    /// </param>
    public static Option<string?> Checked(
        string name, string helpName, string description, Func<string, bool> isValid, string fault)
    {
        ArgumentNullException.ThrowIfNull(isValid);
        return new Option<string?>(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result => isValid(Value(result))
                ? Value(result)
                : Reject<string?>(result, $"{name} \"{Value(result)}\" {fault}."),
        };
    }

    /// <summary>Rejects values that begin with a dash: the parser takes an unknown option for an argument.</summary>
    public static void RejectOptions(Argument argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.StartsWith('-')) result.AddError($"Unrecognized command or argument '{token.Value}'.");
        });
    }
}
