using System.CommandLine;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Terminal;

/// <summary>The options that every verb of tracebloc has.</summary>
internal sealed class ScreenArguments
{
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();

    private readonly Option<bool> _noInput = new("--no-input")
    {
        Description = "Never ask, also on a terminal: what is missing is an error. Default: off. Example: --no-input",
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Write details to standard error. Default: off. Example: --verbose",
    };

    public void AddTo(Verb verb, bool asks = false)
    {
        verb.Add(_output);
        if (asks) verb.Add(_noInput);
        verb.Add(_verbose);
    }

    public ScreenOptions Of(ParseResult result) =>
        new(result.GetValue(_output) ?? default, result.GetValue(_noInput), result.GetValue(_verbose));
}
