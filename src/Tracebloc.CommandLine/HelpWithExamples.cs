using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

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
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var own = parseResult.CommandResult.Command is WordCommand command ? command.Word.Examples : examples;
        output.Write($"Examples:\n{own.TrimEnd()}\n\nExit codes:\n{exitCodes.TrimEnd()}\n");
        return code;
    }
}
