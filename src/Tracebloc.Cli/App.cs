using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Cli.Terminal;
using Tracebloc.Cli.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Net;

namespace Tracebloc.Cli;

/// <summary>The only file that uses the real clock, environment and streams; it lists the words.</summary>
internal static class App
{
    private const string Name = "tracebloc";

    private const string Examples =
        """
          tracebloc ingest init ./cats-dogs --category image_classification --label-column label
          tracebloc ingest validate ./cats-dogs/ingest.yaml --data ./cats-dogs
          tracebloc cluster info
          tracebloc doctor
        """;

    public static CommandLineProgram CommandLine() => CommandLine(Open);

    /// <summary>The same on another terminal.</summary>
    public static CommandLineProgram CommandLine(Func<ScreenOptions, Screen> open)
    {
        var program = CommandLineProgram.Of(
            Name,
            "Brings local data sets into the cluster, and shows what is there.",
            [
                new VerbGroup(
                    "ingest",
                    "Describes data sets and validates them, on this machine alone.",
                    """
                      tracebloc ingest init ./cats-dogs --category image_classification --label-column label
                      tracebloc ingest validate ingest.yaml --data ./cats-dogs
                    """,
                    new IngestInitVerb(open),
                    new IngestValidateVerb(open)),
                new VerbGroup(
                    "cluster",
                    "Shows what the cluster has.",
                    "  tracebloc cluster info",
                    new ClusterInfoVerb(Context)),
                new DoctorVerb(Context),
                new LoginVerb(open),
                new VersionVerb(open, () => VersionJson.OfThisProgram),
                new CompletionVerb(open, () => CommandLine().Words),
            ],
            Examples,
            CliExit.Table);
        program.MistakeAsJson = EndingJson.Write;
        return program;
    }

    /// <summary>Writes a fault that ends the program as JSON, where the command line asks for JSON.</summary>
    public static void Report(IReadOnlyList<string> args, Exception fault, int exitCode, TextWriter output)
    {
        if (CommonOptions.FormatOf(args) != OutputFormat.Json) return;
        output.Write(EndingJson.Write(exitCode, fault switch
        {
            OperationCanceledException => "The program was ended by a signal",
            _ when exitCode == CliExit.Unexpected =>
                $"unexpected: {fault.GetType().Name}: {Escaped.Text(fault.Message)}",
            _ => fault.Message,
        }));
        output.Flush();
    }

    /// <summary>The process as the verbs of the cluster see it.</summary>
    public static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);

    private static Screen Open(ScreenOptions options) => new(
        new TerminalSetup
        {
            Input = Console.In,
            Output = Writer(Console.OpenStandardOutput()),
            Error = Writer(Console.OpenStandardError()),
            IsInputTerminal = !Console.IsInputRedirected,
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = () => Console.IsOutputRedirected ? 80 : Console.WindowWidth,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
        },
        options);

    // A script for a shell has the same bytes on every system.
    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
}
