using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tracebloc.ImageRefresh;

/// <summary>The library's help with what it cannot say: whole examples, and what the exit codes mean.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
          0 done or nothing to do    1 unexpected        2 usage or configuration    10 registry    11 Kubernetes API
          12 rollout failed          13 frozen           14 signature                130/143 ended by SIGINT/SIGTERM

        """;

    public required int Width { get; init; }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Width;
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.Write(ExamplesOf(parseResult.CommandResult.Command.Name));
        output.Write(ExitCodes);
        return code;
    }

    private static string ExamplesOf(string command) => command switch
    {
        "run" =>
            """
            Examples:
              image-refresh run --config /etc/image-refresh/refresh.yaml
              image-refresh run --config refresh.yaml --dry-run --output json --context edge-7


            """,
        "watch" =>
            """
            Examples:
              image-refresh watch --config /etc/image-refresh/refresh.yaml --interval 15m --listen 0.0.0.0:8080


            """,
        "resolve" =>
            """
            Examples:
              image-refresh resolve ghcr.io/tracebloc/ingestor:prod
              image-refresh resolve nginx:stable registry.example.com/web:prod --config refresh.yaml --output json


            """,
        "pin" =>
            """
            Examples:
              image-refresh pin values.yaml
              image-refresh pin values.yaml --path web.image --path worker.image --check
              image-refresh pin values.yaml --unpin


            """,
        "status" =>
            """
            Examples:
              image-refresh status --config refresh.yaml
              image-refresh status --config refresh.yaml --output json --context edge-7

            The exit code is what the records say: 12 after a failed rollout that a run has yet to set right, 13 where a
            digest is left alone, 10 where a registry stays away; 0 says nothing of what the registries serve by now.


            """,
        "release" =>
            """
            Examples:
              image-refresh release web --config refresh.yaml
              image-refresh release web --digest sha256:8df25a636fe0 --config refresh.yaml


            """,
        "chart-upgrade" =>
            """
            Examples:
              image-refresh chart-upgrade --release acme --namespace tracebloc --chart client \
                --repo-url https://tracebloc.github.io/client --keyring /etc/keyring/pubring.gpg
              image-refresh chart-upgrade --release acme --namespace tracebloc --chart client \
                --repo-url https://charts.example.com --repo-username edge-7 --repo-password-file password --dry-run


            """,
        _ =>
            """
            Examples:
              image-refresh run --config refresh.yaml --dry-run
              image-refresh status --config refresh.yaml
              image-refresh resolve docker.io/library/nginx:stable


            """,
    };
}
