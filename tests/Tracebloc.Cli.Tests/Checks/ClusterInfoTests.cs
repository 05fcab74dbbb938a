using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.Cli.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Checks;

public sealed class ClusterInfoTests
{
    private const string Other = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_part_has_a_line()
    {
        await using var scene = await SceneAsync();

        Assert.Equal(CliExit.Done, await RunAsync(scene));

        Assert.Equal(
            $"""
            context         fake
            server          {scene.Api.Address}
            namespace       tracebloc
            release         edge, chart 2.1.0
            jobs-manager    {ProgramVersion.Text}, ready
            schema          ingest.v1 {SchemaMatch.OwnDigest}, the same in jobs-manager
            ingestor image  ghcr.io/tracebloc/ingestor@{Scene.Digest}
            service account ingestor
            token           by TokenRequest, expires 2026-01-02 04:04:05 UTC (in 60 min)
            volume          client-pvc Bound, 50Gi, ReadWriteMany

            """.ReplaceLineEndings("\n"),
            scene.Text);
    }

    [Fact]
    public async Task The_object_for_programs_is_held_as_text()
    {
        await using var scene = await SceneAsync();

        Assert.Equal(CliExit.Done, await RunAsync(scene, OutputFormat.Json));

        Assert.Equal(
            $$"""
            {
              "status": "succeeded",
              "exit_code": 0,
              "errors": [],
              "context": "fake",
              "server": "{{scene.Api.Address}}",
              "namespace": "tracebloc",
              "release": {
                "name": "edge",
                "chart_version": "2.1.0",
                "app_version": "2.0.0"
              },
              "jobs_manager": {
                "version": "{{ProgramVersion.Text}}",
                "ready": true
              },
              "schema": {
                "name": "ingest.v1",
                "digest": "{{SchemaMatch.OwnDigest}}",
                "server_digest": "{{SchemaMatch.OwnDigest}}",
                "verdict": "same"
              },
              "ingestor_image": "ghcr.io/tracebloc/ingestor@{{Scene.Digest}}",
              "service_account": "ingestor",
              "token": {
                "secret": null,
                "expires": "2026-01-02T04:04:05+00:00"
              },
              "volume": {
                "claim": "client-pvc",
                "phase": "Bound",
                "size": "50Gi",
                "access_modes": [
                  "ReadWriteMany"
                ]
              }
            }

            """.ReplaceLineEndings("\n"),
            scene.Text);
    }

    [Fact]
    public async Task A_part_that_is_unknown_keeps_no_other_back()
    {
        await using var scene = await SceneAsync();
        scene.Api.Delete("service/jobs-manager");

        Assert.Equal(CliExit.Submission, await RunAsync(scene));

        Assert.Contains(
            "\njobs-manager    unknown: jobs-manager cannot be reached: namespace tracebloc has no Service", scene.Text,
            StringComparison.Ordinal);
        Assert.Contains("\nvolume          client-pvc Bound", scene.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "persistentvolumeclaims", CliExit.NotPermitted, "\"volume\": null")]
    [InlineData("create", "serviceaccounts/token", CliExit.NotPermitted, "\"token\": null")]
    [InlineData("get", "services", CliExit.NotPermitted, "\"jobs_manager\": null")]
    public async Task A_missing_right_is_the_exit_code(string verb, string resource, int exitCode, string part)
    {
        await using var scene = await SceneAsync();
        scene.Api.Deny("list", "secrets");
        scene.Api.Deny(verb, resource);

        Assert.Equal(exitCode, await RunAsync(scene, OutputFormat.Json));

        Assert.Contains(part, scene.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"\"status\": \"auth_error\",\n  \"exit_code\": {exitCode},", scene.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_a_Secret_has_no_end_and_is_never_shown()
    {
        await using var scene = await SceneAsync();
        var canary = Canary.New("token");
        scene.Api.Deny("create", "serviceaccounts/token");
        scene.Api.Add(Manifests.TokenSecret("ingestor-token", "ingestor", canary.Value));

        await RunAsync(scene);
        await RunAsync(scene, OutputFormat.Json);

        Assert.Contains(
            "token           from Secret ingestor-token, without an end", scene.Text, StringComparison.Ordinal);
        Assert.Contains("\"secret\": \"ingestor-token\",\n    \"expires\": null", scene.Text, StringComparison.Ordinal);
        Assert.False(canary.IsIn(scene.Text));
    }

    [Fact]
    public async Task Another_schema_is_shown_and_no_fault()
    {
        await using var scene = await SceneAsync();
        scene.Manager.Version = Manifests.Version("0.1.0", Other);

        Assert.Equal(CliExit.Done, await RunAsync(scene));

        Assert.Contains(
            $"{SchemaMatch.OwnDigest}, in jobs-manager another: {Other}", scene.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_release_there_is_nothing_to_show()
    {
        await using var scene = await Scene.StartAsync(Cancelled);

        var fault = await Assert.ThrowsAsync<CliException>(() => RunAsync(scene));

        Assert.Equal(CliExit.NoRelease, fault.ExitCode);
    }

    private async Task<Scene> SceneAsync()
    {
        var scene = await Scene.StartAsync(
            Cancelled, new() { Version = FakeServerVersion.Current, Time = _time, User = "ada" });
        scene.Time = _time;
        return scene.With();
    }

    private static Task<int> RunAsync(Scene scene, OutputFormat output = OutputFormat.Text) =>
        new ClusterInfoVerb(scene.Screen).ExecuteAsync(
            new ClusterInfoOptions(scene.Options(), new ScreenOptions(output)), Cancelled);
}
