using System.CommandLine.Parsing;
using Tracebloc.CommandLine;

namespace Tracebloc.ChartUpgrade;

/// <summary>Names that are handed on to helm.</summary>
internal static class Names
{
    /// <summary>The text if it is a name of that kind; helm could take anything else for an option.</summary>
    public static string? Checked(ArgumentResult result, Func<string, bool> isName, string kind, string example) =>
        Parsing.Value(result) is var name && isName(name)
            ? name
            : Parsing.Reject<string>(
                result, $"\"{name}\" is not {kind}; write lower-case letters, digits and dashes: {example}.");
}
