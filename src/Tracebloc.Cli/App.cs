using System.Text;
using Tracebloc.Cli.Terminal;
using Tracebloc.Cli.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Net;

namespace Tracebloc.Cli;

/// <summary>The only file that uses the real clock, environment and streams; it lists the words.</summary>
internal static class App
{
    private const string Name = "tracebloc";

    private const string Examples =
        """
          tracebloc dataset push cats-dogs --table cats_dogs_train --category image_classification --label-column label
          tracebloc dataset list
          tracebloc ingest validate cats-dogs/ingest.yaml --data cats-dogs
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
                Datasets(open),
                Ingest(open),
                new VerbGroup(
                    "cluster",
                    "Shows the release in the cluster.",
                    "  tracebloc cluster info",
                    new ClusterInfoVerb(open)),
                new DoctorVerb(open),
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
        output.Write(fault is Interruption { ToJson: { } write }
            ? write(exitCode)
            : EndingJson.Write(exitCode, MessageOf(fault, exitCode)));
        output.Flush();
    }

    private static string MessageOf(Exception fault, int exitCode) => fault switch
    {
        Interruption => fault.Message,
        OperationCanceledException => "The program was ended by a signal",
        _ when exitCode == CliExit.Unexpected => $"unexpected: {fault.GetType().Name}: {Escaped.Text(fault.Message)}",
        _ => fault.Message,
    };

    private static VerbGroup Datasets(Func<ScreenOptions, Screen> open) => new(
        "dataset",
        "Brings data sets into the cluster, and shows those that are there.",
        """
          tracebloc dataset push cats-dogs --table cats_dogs_train --category image_classification --label-column label
          tracebloc dataset list
          tracebloc dataset show cats_dogs_train
          tracebloc dataset status
        """,
        new DatasetPushVerb("push", open),
        new DatasetListVerb(open),
        new DatasetShowVerb(open),
        new DatasetDeleteVerb(open),
        new DatasetStatusVerb(open),
        new DatasetLogsVerb(open),
        new DatasetWatchVerb(open),
        new DatasetCancelVerb(open));

    // The short way for "dataset push", beside what needs no cluster.
    private static DatasetPushVerb Ingest(Func<ScreenOptions, Screen> open)
    {
        var ingest = new DatasetPushVerb(DatasetPushVerb.Short, open);
        ingest.Add(new IngestInitVerb(open), new IngestValidateVerb(open));
        return ingest;
    }

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
    // The log of a run is written while its state is.
    private static TextWriter Writer(Stream stream) => TextWriter.Synchronized(
        new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
            NewLine = "\n",
        });
}
