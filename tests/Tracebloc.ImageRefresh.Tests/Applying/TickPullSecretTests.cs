using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Registry;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Applying;

public sealed class TickPullSecretTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("dockerconfigjson")]
    [InlineData("dockercfg")]
    public async Task The_registry_is_asked_with_the_secrets_that_the_pod_template_names(string type)
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"));
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann", type));

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Recorded, Assert.Single(report.Images).Outcome);
        Assert.Equal(
            ["get deployments/acme", "get secrets/regcred"],
            fixture.Api.Calls.Where(call => !call.IsWrite).Select(call => call.ToString()));
    }

    [Theory]
    [InlineData(null, "default")]
    [InlineData("runner", "runner")]
    public async Task Where_it_names_none_those_of_its_service_account_count(string? named, string account)
    {
        await using var fixture = await StartAsync(named is null ? Deployment() : Deployment().ServiceAccount(named));
        fixture.Api.Add(Manifests.ServiceAccount(account, "regcred"));
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann"));

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Recorded, Assert.Single(report.Images).Outcome);
        Assert.Equal(1, fixture.Api.Count("get", "serviceaccounts", account));
    }

    [Fact]
    public async Task All_that_are_named_are_tried_the_first_one_first()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("old", "regcred"));
        fixture.Api.Add(PullSecret(fixture, "old", "nobody"));
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann"));

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Recorded, Assert.Single(report.Images).Outcome);
        Assert.Equal(2, fixture.Registry.Tokens.Requests.Count);
    }

    [Fact]
    public async Task A_secret_that_may_not_be_read_is_gone_without_and_the_missing_right_said_once()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"), anonymous: true);
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann"));
        fixture.Api.Deny("get", "secrets");
        fixture.Track(fixture.Restart(), fixture.SetEnv());
        fixture.Push("ingestor", "1");

        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Recorded, image.Outcome));
        Assert.All(report.Images, image => AssertGrant(Assert.Single(image.Warnings)));
        AssertGrant(Assert.Single(fixture.Logger.Lines, line => line.StartsWith("Warning:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nor_may_it_be_read_who_a_service_account_is()
    {
        await using var fixture = await StartAsync(Deployment().ServiceAccount("runner"));
        fixture.Api.Deny("get", "serviceaccounts");

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Unresolved, Assert.Single(report.Images).Outcome);
        Assert.StartsWith(
            "without the pull secrets of service account runner: ", Assert.Single(report.Images[0].Warnings));
    }

    [Theory]
    [InlineData(null, "secrets \"regcred\" not found")]
    [InlineData("""{"type": "Opaque", "data": {"x": "aHVudGVyMg=="}}""", "is of type Opaque, not kubernetes.io/docker")]
    [InlineData(
        """{"type": "kubernetes.io/dockercfg", "data": {".dockerconfigjson": "aHVudGVyMg=="}}""",
        ".dockercfg: there is no such key")]
    [InlineData(
        """{"type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": "aHVudGVyMg=="}}""",
        ".dockerconfigjson: not valid JSON at line 1, byte 1")]
    public async Task A_secret_that_cannot_be_used_is_gone_without_and_said(string? manifest, string reason)
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred", "good"));
        fixture.Api.Add(PullSecret(fixture, "good", "ann"));
        if (manifest is not null)
            fixture.Api.Add(manifest.Insert(
                1, """ "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "regcred"}, """));

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Recorded, Assert.Single(report.Images).Outcome);
        var warning = Assert.Single(report.Images[0].Warnings);
        Assert.StartsWith("without pull secret regcred: ", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
        AssertSecrecy(fixture, report);
    }

    [Fact]
    public async Task A_secret_that_could_not_be_read_for_another_reason_is_not_taken_for_none()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"), anonymous: true);
        fixture.Api.Fail("get", "secrets", FakeFault.Status(500), times: 10);

        var report = await fixture.TickThroughWaitsAsync();

        Assert.Equal(Outcome.Unreachable, Assert.Single(report.Images).Outcome);
        Assert.Equal(ExitCodes.Kubernetes, report.ExitCode);
        Assert.Empty(fixture.Registry.Requests);
    }

    [Fact]
    public async Task What_one_workloads_secrets_let_see_is_no_answer_for_another()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("anns"));
        fixture.Api.Add(Deployment("other").PullSecrets("bobs"));
        fixture.Api.Add(PullSecret(fixture, "anns", "ann"));
        fixture.Api.Add(PullSecret(fixture, "bobs", "bob"));
        var manager = fixture.Restart();
        fixture.Track(manager, fixture.Restart("proxy", "deployment/other") with { Image = manager.Image });

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Recorded, Outcome.Unresolved], report.Images.Select(image => image.Outcome));
        AssertSecrecy(fixture, report);
    }

    [Fact]
    public async Task Workloads_with_the_same_secrets_cost_one_read_and_one_question()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"));
        fixture.Api.Add(Deployment("other").ServiceAccount("runner"));
        fixture.Api.Add(Manifests.ServiceAccount("runner", "regcred"));
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann"));
        var manager = fixture.Restart();
        fixture.Track(manager, fixture.Restart("proxy", "deployment/other") with { Image = manager.Image });

        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Recorded, image.Outcome));
        Assert.Equal(1, fixture.Api.Count("get", "secrets"));
        Assert.Equal(["none", "Bearer"], fixture.Registry.Requests.Select(request => request.AuthKind));
    }

    [Fact]
    public async Task What_gates_look_up_is_asked_for_with_them_as_well()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"));
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann"));
        Assert.True(Platform.TryParse("linux/amd64", out var platform, out _));
        fixture.Track(fixture.Restart() with { Gates = new() { Platforms = new() { Listed = [platform] } } });
        await fixture.TickAsync();
        fixture.Registry.Push("tracebloc/manager", "prod", FakeManifest.ForPlatforms(("linux/amd64", "2")));

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Refreshed, Assert.Single(report.Images).Outcome);
    }

    [Fact]
    public async Task What_gates_look_up_for_workloads_with_the_same_secrets_is_looked_up_once()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"));
        fixture.Api.Add(Deployment("other").PullSecrets("regcred"));
        fixture.Api.Add(PullSecret(fixture, "regcred", "ann"));
        Assert.True(Platform.TryParse("linux/amd64", out var platform, out _));
        var image = fixture.Restart() with { Gates = new() { Platforms = new() { Listed = [platform] } } };
        fixture.Track(image, fixture.Restart("proxy", "deployment/other") with
        {
            Image = image.Image,
            Gates = image.Gates,
        });
        await fixture.TickAsync();
        fixture.Registry.Push("tracebloc/manager", "prod", FakeManifest.ForPlatforms(("linux/amd64", "2")));
        fixture.Forget();

        var report = await fixture.TickAsync();

        Assert.All(report.Images, each => Assert.Equal(Outcome.Refreshed, each.Outcome));
        Assert.Single(fixture.Registry.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task Without_the_option_no_secret_is_read()
    {
        await using var fixture = await StartAsync(Deployment().PullSecrets("regcred"), anonymous: true);
        fixture.Configuration = fixture.Configuration with { PullSecrets = false };

        await fixture.TickAsync();

        Assert.Equal(
            ["get deployments/acme"],
            fixture.Api.Calls.Where(call => !call.IsWrite).Select(call => call.ToString()));
    }

    /// <summary>An image that ann may pull, and everybody only where that is said.</summary>
    private static async Task<TickFixture> StartAsync(WorkloadBuilder workload, bool anonymous = false)
    {
        var fixture = await TickFixture.StartAsync(workload, new FakeRegistryOptions
        {
            Users = new Dictionary<string, string> { ["ann"] = Secret, ["bob"] = Secret },
            CanPull = (user, _) => anonymous || user == "ann",
        });
        fixture.Configuration = fixture.Configuration with { PullSecrets = true };
        fixture.Track(fixture.Restart());
        fixture.Push("manager", "1");
        return fixture;
    }

    private static System.Text.Json.Nodes.JsonObject PullSecret(
        TickFixture fixture, string name, string user, string type = "dockerconfigjson")
    {
        var entries = $$"""{"{{fixture.Registry.Host}}": {"username": "{{user}}", "password": "{{Secret}}"} }""";
        return Manifests.PullSecret(name, type == "dockercfg" ? entries : $"{{\"auths\": {entries}}}", type);
    }

    private static void AssertGrant(string warning)
    {
        Assert.Contains("without pull secret regcred: ", warning, StringComparison.Ordinal);
        Assert.Contains("grant verb \"get\" on \"secrets\"", warning, StringComparison.Ordinal);
    }

    private static void AssertSecrecy(TickFixture fixture, TickResult report)
    {
        var said = $"{ReportText.Write(report)} {ReportJson.Write(report)} {string.Join(' ', fixture.Logger.Lines)}";
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyMg", said, StringComparison.Ordinal);
    }
}
