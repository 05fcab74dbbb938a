using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Tracebloc.CommandLine;

/// <summary>The library's help, followed by whole examples and the meaning of the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help, string examples, string exitCodes)
    : SynchronousCommandLineAction
{
    public required int Width { get; init; }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Width;
        var code = Invoke(parseResult, ArgumentsAbove(parseResult.CommandResult));
        var output = parseResult.InvocationConfiguration.Output;
        var own = parseResult.CommandResult.Command is WordCommand command ? command.Word.Examples : examples;
        output.Write($"Examples:\n{own.TrimEnd()}\n\nExit codes:\n{exitCodes.TrimEnd()}\n");
        return code;
    }

    // The library lists the arguments of the words above as well, which take no part below them.
    private int Invoke(ParseResult parseResult, IReadOnlyList<Argument> foreign)
    {
        foreach (var argument in foreign) argument.Hidden = true;
        try
        {
            return help.Invoke(parseResult);
        }
        finally
        {
            foreach (var argument in foreign) argument.Hidden = false;
        }
    }

    private static List<Argument> ArgumentsAbove(CommandResult word)
    {
        var arguments = new List<Argument>();
        for (var at = word.Parent; at is CommandResult parent; at = parent.Parent)
            arguments.AddRange(parent.Command.Arguments.Where(argument => !argument.Hidden));
        return arguments;
    }
}
