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
