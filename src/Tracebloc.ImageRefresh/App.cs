using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Verbs;

namespace Tracebloc.ImageRefresh;

/// <summary>The only file that uses the real clock, environment and streams; it lists the verbs.</summary>
internal static class App
{
    private const string Name = "image-refresh";

    private const string Examples =
        """
          image-refresh run --config refresh.yaml --dry-run
          image-refresh status --config refresh.yaml
          image-refresh resolve docker.io/library/nginx:stable
        """;

    public static CommandLineProgram CommandLine() => CommandLineProgram.Of(
        Name,
        "Keeps Kubernetes workloads on the image that a floating tag stands for.",
        [
            new RunVerb(Context),
            new WatchVerb(Context),
            new ResolveVerb(Context),
            new PinVerb(Context),
            new StatusVerb(Context),
            new ReleaseVerb(Context),
        ],
        Examples,
        ExitCodes.Table);

    private static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
