using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Terminal;

/// <summary>The options of a verb that change what it writes and asks.</summary>
/// <param name="Output">The format of the result.</param>
/// <param name="NoInput">Never asks, also on a terminal.</param>
/// <param name="Verbose">Writes details.</param>
internal sealed record ScreenOptions(
    OutputFormat Output = OutputFormat.Text, bool NoInput = false, bool Verbose = false);
