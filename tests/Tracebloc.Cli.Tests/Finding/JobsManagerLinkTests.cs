using System.Text.Json.Nodes;
using Tracebloc.Cli.Finding;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class JobsManagerLinkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_version_comes_through_the_API_server()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();

        var version = await ReadAsync(scene);

        Assert.Equal((ProgramVersion.Text, SchemaMatch.OwnDigest), (version?.Version, version?.Digest("ingest.v1")));
        Assert.Equal(1, scene.Api.Count("get", "pods/portforward"));
        Assert.Equal("/v1/version", Assert.Single(scene.Manager.Requests).Path);
    }

    [Fact]
    public async Task A_server_without_the_path_has_no_version()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Manager.Version = null;

        Assert.Null(await ReadAsync(scene));
    }

    [Theory]
    [InlineData(500, "{}", "status 500")]
    [InlineData(200, "<html>", "no JSON")]
    [InlineData(200, "null", "null")]
    public async Task An_answer_that_cannot_be_used_is_described(int status, string body, string described)
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Manager.Answer(FakeReply.Of(status, body));

        await RefusedAsync(
            scene, $"jobs-manager gives no version: its answer to /v1/version is {described}; see its log");
    }

    [Fact]
    public async Task A_port_on_which_nothing_listens_is_described()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        await scene.Manager.DisposeAsync();

        await RefusedAsync(scene, "jobs-manager cannot be reached: the connection to pod edge-jobs-manager-");
    }

    [Fact]
    public async Task Pods_that_are_not_ready_are_no_way()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Edit(PodOf(scene), pod => pod["status"]!["conditions"]![0]!["status"] = "False");

        await RefusedAsync(
            scene,
            "jobs-manager cannot be reached: none of its 1 pods in namespace tracebloc is ready; "
            + "kubectl describe pod -n "
            + "tracebloc -l app=manager has the reason");
    }

    [Fact]
    public async Task A_Service_that_is_missing_is_described()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Delete("service/jobs-manager");

        await RefusedAsync(
            scene,
            "jobs-manager cannot be reached: namespace tracebloc has no Service jobs-manager; helm "
            + "upgrade makes it again");
    }

    [Fact]
    public async Task A_Service_without_a_selector_is_described()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Edit("service/jobs-manager", service => service["spec"]!["selector"] = new JsonObject());

        await RefusedAsync(scene, "jobs-manager cannot be reached: Service jobs-manager in namespace tracebloc has no");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_half_a_minute()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        var time = new ManualTimeProvider();
        scene.Time = time;
        scene.Manager.Answer(FakeReply.Never);

        var reading = RefusedAsync(scene, "jobs-manager cannot be reached: pod edge-jobs-manager-");
        await time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(30), Cancelled);
        time.Advance(TimeSpan.FromSeconds(30));

        await reading;
    }

    private static string PodOf(Scene scene) => $"pod/{(string?)scene.Api.List("pods")[0]["metadata"]!["name"]}";

    private static async Task<ServerVersion?> ReadAsync(Scene scene)
    {
        var session = scene.Open();
        using var link = await JobsManagerLink.OpenAsync(session, Scene.Release, Cancelled);
        return await ServerVersion.ReadAsync(link, Cancelled);
    }

    private static async Task RefusedAsync(Scene scene, string start)
    {
        var fault = await Assert.ThrowsAsync<CliException>(() => ReadAsync(scene));

        Assert.Equal(CliExit.Submission, fault.ExitCode);
        Assert.StartsWith(start, fault.Message, StringComparison.Ordinal);
    }
}
