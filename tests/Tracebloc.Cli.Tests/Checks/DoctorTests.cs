using System.Text.Json.Nodes;
using Tracebloc.Cli.Checks;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.Cli.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Kubernetes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Checks;

public sealed class DoctorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_works_passes_every_check()
    {
        await using var scene = await SceneAsync();

        Assert.Equal(CliExit.Done, await RunAsync(scene));

        Assert.Equal(
            $"""
            ok       api           {scene.Api.Address} answers, Kubernetes 1.34
            ok       clock         the clock here is that of the API server
            ok       release       edge in namespace tracebloc, chart 2.1.0
            ok       permissions   all 15 that a push needs in namespace tracebloc
            ok       jobs-manager  Deployment edge-jobs-manager is ready
            ok       database      jobs-manager reaches its database
            ok       schema        ingest.v1 is the same in jobs-manager {ProgramVersion.Text}
            ok       token         service account ingestor gets one
            ok       volume        client-pvc is bound, 50Gi, ReadWriteMany
            unknown  space         only a pod that mounts the volume knows its free space
                                   remedy: none: a push checks it before it sends a file
            ok       image         pod ingest-1 has pulled ghcr.io/tracebloc/ingestor@{Scene.Digest}
            ok       staging       namespace tracebloc admits the staging pod
            11 ok, 1 unknown

            """.ReplaceLineEndings("\n"),
            scene.Text);
        Assert.Empty(Staging.StagePodTests.Staged(scene));
    }

    [Fact]
    public async Task The_object_for_programs_has_a_status_and_a_remedy_for_each_check()
    {
        await using var scene = await SceneAsync();
        scene.Manager.Away = "The database gives no answer";

        Assert.Equal(CliExit.Usage, await RunAsync(scene, OutputFormat.Json));

        var report = JsonNode.Parse(scene.Text)!;
        Assert.Equal(("failed", 2), ((string?)report["status"], (int?)report["exit_code"]));
        Assert.Equal(
            """
            {
              "name": "database",
              "status": "fail",
              "message": "jobs-manager is not ready: The database gives no answer (503)",
              "remedy": "kubectl logs -n tracebloc deployment/edge-jobs-manager has more"
            }
            """.ReplaceLineEndings("\n"),
            report["checks"]!.AsArray().Single(check => (string?)check!["name"] == "database")!
                .ToJsonString(new() { WriteIndented = true }).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Without_a_release_the_checks_of_the_cluster_have_their_results()
    {
        await using var scene = await Scene.StartAsync(Cancelled);

        var report = await CheckAsync(scene);

        Assert.Equal(CliExit.Usage, report.Ending.ExitCode);
        Assert.Equal((CheckStatus.Ok, CheckStatus.Ok, CheckStatus.Fail), (
            Of(report, "api").Status, Of(report, "clock").Status, Of(report, "release").Status));
        Assert.All(
            report.Checks.Skip(3).Where(check => check.Name != "space"),
            check => Assert.Equal(
                (CheckStatus.Unknown, "not checked, since the release is unknown"), (check.Status, check.Message)));
    }

    [Fact]
    public async Task A_server_that_is_away_fails_one_check_for_each_thing_that_it_hides()
    {
        await using var scene = await Scene.StartAsync(Cancelled);
        var away = scene.Api.Kubeconfig.Replace($"{scene.Api.Address.Port}", "1", StringComparison.Ordinal);
        await File.WriteAllTextAsync(scene.Kubeconfig, away, Cancelled);

        var report = await CheckAsync(scene);

        Assert.Equal(CheckStatus.Fail, Of(report, "api").Status);
        Assert.Contains("cannot connect to http://127.0.0.1:1", Of(report, "api").Message, StringComparison.Ordinal);
        Assert.StartsWith("check the kubeconfig's server", Of(report, "api").Remedy, StringComparison.Ordinal);
        Assert.Equal(CliExit.Usage, report.Ending.ExitCode);
    }

    [Fact]
    public async Task A_kubeconfig_that_cannot_be_used_ends_it()
    {
        await using var scene = await Scene.StartAsync(Cancelled);
        await File.WriteAllTextAsync(scene.Kubeconfig, "{}", Cancelled);

        var fault = await Assert.ThrowsAsync<KubernetesConfigurationException>(() => RunAsync(scene));

        Assert.Equal(CliExit.Local, Fault.ExitCodeOf(fault));
    }

    [Theory]
    [InlineData(-3600, "the clock here is 3600 s behind that of the API server")]
    [InlineData(3600, "the clock here is 3600 s ahead of that of the API server")]
    public async Task A_clock_that_is_off_is_a_warning(int seconds, string message)
    {
        await using var scene = await SceneAsync();
        scene.Time = new ManualTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(seconds));

        var (status, text) = await ResultAsync(scene, "clock");

        Assert.Equal(CheckStatus.Warn, status);
        // The server's time moves on, and has whole seconds.
        Assert.Equal(message[..18], text[..18]);
        Assert.Equal(message[^27..], text[^27..]);
    }

    [Fact]
    public async Task A_missing_right_is_named_with_its_rule()
    {
        await using var scene = await SceneAsync();
        scene.Api.Deny("watch", "pods");

        var check = Of(await CheckAsync(scene), "permissions");

        Assert.Equal(
            new CheckResult(
                "permissions", CheckStatus.Fail,
                "missing in namespace tracebloc: watch pods (to wait for the staging pod)",
                "add to the Role: {apiGroups: [\"\"], resources: [pods], verbs: [watch]}"),
            check);
    }

    [Theory]
    [InlineData("services", "get", "database")]
    [InlineData("persistentvolumeclaims", "get", "volume")]
    [InlineData("pods", "create", "staging")]
    public async Task A_check_that_may_not_look_leaves_the_verdict_to_that_of_the_permissions(
        string resource, string verb, string name)
    {
        await using var scene = await SceneAsync();
        scene.Api.Deny(verb, resource);

        var report = await CheckAsync(scene);

        Assert.Equal(CheckStatus.Fail, Of(report, "permissions").Status);
        Assert.Equal((CheckStatus.Unknown, "see the check of the permissions"),
            (Of(report, name).Status, Of(report, name).Remedy));
    }

    [Fact]
    public async Task A_jobs_manager_without_a_ready_pod_fails()
    {
        await using var scene = await SceneAsync();
        scene.Api.Edit("deployment/edge-jobs-manager", deployment => deployment["status"]!["readyReplicas"] = 0);

        Assert.Equal(
            (CheckStatus.Fail, "Deployment edge-jobs-manager has no ready pod"),
            await ResultAsync(scene, "jobs-manager"));
    }

    [Fact]
    public async Task A_volume_that_is_not_bound_fails()
    {
        await using var scene = await SceneAsync();
        scene.Api.Edit("persistentvolumeclaim/client-pvc", claim => claim["status"]!["phase"] = "Pending");

        Assert.Equal(
            new CheckResult(
                "volume", CheckStatus.Fail,
                "Volume claim client-pvc is Pending and not Bound: StorageClass edge-storage-class has made no volume",
                "kubectl describe pvc client-pvc has the reason"),
            Of(await CheckAsync(scene), "volume"));
    }

    [Fact]
    public async Task A_volume_of_one_node_is_a_warning()
    {
        await using var scene = await SceneAsync();
        scene.Api.Edit(
            "persistentvolumeclaim/client-pvc",
            claim => claim["status"]!["accessModes"] = new JsonArray("ReadWriteOnce"));

        Assert.Equal(CheckStatus.Warn, (await ResultAsync(scene, "volume")).Status);
    }

    [Fact]
    public async Task An_older_schema_fails_and_a_newer_one_is_a_warning()
    {
        await using var scene = await SceneAsync();

        scene.Manager.Version = Manifests.Version("0.0.1", $"sha256:{new string('2', 64)}");
        Assert.Equal(CheckStatus.Fail, (await ResultAsync(scene, "schema")).Status);

        scene.Manager.Version = Manifests.Version("999.0.0", $"sha256:{new string('2', 64)}");
        Assert.Equal(CheckStatus.Warn, (await ResultAsync(scene, "schema")).Status);
    }

    [Fact]
    public async Task An_image_that_a_run_cannot_pull_fails()
    {
        await using var scene = await SceneAsync();
        scene.Api.Edit("pod/ingest-1", pod => pod["status"] = Manifests.Parse(
            """
            {"phase":"Pending","containerStatuses":[
            {"state":{"waiting":{"reason":"ImagePullBackOff","message":"401"}}}]}
            """));

        var (status, message) = await ResultAsync(scene, "image");

        Assert.Equal(CheckStatus.Fail, status);
        Assert.EndsWith("cannot be pulled: ImagePullBackOff: 401", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_no_pod_has_used_is_unknown()
    {
        await using var scene = await SceneAsync();
        scene.Api.Delete("pod/ingest-1");

        Assert.Equal(CheckStatus.Unknown, (await ResultAsync(scene, "image")).Status);
    }

    [Fact]
    public async Task A_staging_pod_that_the_namespace_refuses_fails()
    {
        await using var scene = await SceneAsync();
        scene.Api.Fail(
            "create", "pods", FakeFault.Status(403, "Forbidden", "pods \"x\" is forbidden: exceeded quota: small"));

        var check = Of(await CheckAsync(scene), "staging");

        Assert.Equal(CheckStatus.Fail, check.Status);
        Assert.Contains("exceeded quota: small", check.Message, StringComparison.Ordinal);
        Assert.Equal("free some of the namespace's quota, or raise it", check.Remedy);
    }

    [Fact]
    public async Task Everything_here_needs_the_documented_rights_and_no_others()
    {
        await using var scene = await SceneAsync();

        await RunAsync(scene);
        await new ClusterInfoVerb(scene.Screen).ExecuteAsync(
            new ClusterInfoOptions(scene.Options(), new ScreenOptions()), Cancelled);

        var documented = Permission.All.Select(each => $"{each.Verb} {each.Resource}")
            .Append("create selfsubjectaccessreviews");
        Assert.Empty(scene.Api.Calls.Select(call => $"{call.Verb} {call.Resource}").Except(documented));
    }

    private static async Task<Scene> SceneAsync()
    {
        var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Add(Manifests.Parse($$"""
            {
              "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "ingest-1" },
              "spec": {
                "containers": [{ "name": "ingestor", "image": "ghcr.io/tracebloc/ingestor@{{Scene.Digest}}" }]
              },
              "status": {
                "phase": "Succeeded", "containerStatuses": [{ "state": { "terminated": { "exitCode": 0 } } }]
              }
            }
            """));
        return scene;
    }

    private static Task<int> RunAsync(Scene scene, OutputFormat output = OutputFormat.Text) =>
        new DoctorVerb(scene.Screen).ExecuteAsync(
            new DoctorOptions(scene.Options(), new ScreenOptions(output)), Cancelled);

    private static Task<DoctorReport> CheckAsync(Scene scene) => new Doctor(scene.Open()).RunAsync(Cancelled);

    private static async Task<(CheckStatus Status, string Message)> ResultAsync(Scene scene, string check)
    {
        var result = Of(await CheckAsync(scene), check);
        return (result.Status, result.Message);
    }

    private static CheckResult Of(DoctorReport report, string name) =>
        report.Checks.Single(check => check.Name == name);
}
