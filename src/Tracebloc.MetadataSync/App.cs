using Tracebloc.CommandLine;

namespace Tracebloc.MetadataSync;

/// <summary>The only file that uses the real clock, environment and streams; it lists the verbs.</summary>
internal static class App
{
    public static CommandLineProgram CommandLine() => CommandLineProgram.Of(
        "metadata-sync",
        "Mirrors custom resources into MySQL, takes finished ones out of the cluster, and answers queries.",
        [],
        "",
        "");
}
