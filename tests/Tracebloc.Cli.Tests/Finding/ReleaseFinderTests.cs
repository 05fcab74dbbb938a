using Tracebloc.Cli.Finding;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class ReleaseFinderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_namespace_of_the_context_is_searched()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With().With("other", "elsewhere");

        var release = await FindAsync(scene);

        Assert.Equal(("edge", "tracebloc"), (release.Name, release.Namespace));
    }

    [Fact]
    public async Task The_namespace_of_the_command_line_wins()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With().With("other", "elsewhere");

        Assert.Equal("other", (await FindAsync(scene, "elsewhere")).Name);
    }

    [Fact]
    public async Task Without_a_namespace_the_only_release_of_the_cluster_is_found()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With("other", "elsewhere").WithoutNamespace();

        Assert.Equal("elsewhere", (await FindAsync(scene)).Namespace);
    }

    [Fact]
    public async Task Other_Deployments_of_the_chart_are_no_release()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        var proxy = Manifests.Deployment("edge");
        proxy["metadata"]!["name"] = "edge-requests-proxy";
        scene.Api.Add(proxy);

        Assert.Equal("edge-jobs-manager", (await FindAsync(scene)).Deployment);
    }

    [Fact]
    public async Task Several_namespaces_with_one_are_a_choice()
    {
        await using var scene = await Scene.StartAsync(Cancelled);
        scene.With("b", "beta").With("a", "alpha").WithoutNamespace();

        await RefusedAsync(
            scene, null,
            "Release is ambiguous: namespaces alpha, beta have one each; choose one with --namespace");
    }

    [Fact]
    public async Task Two_in_one_namespace_cannot_be_told_apart()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Add(Manifests.Deployment("second"));

        await RefusedAsync(
            scene, null,
            "Release is ambiguous: namespace tracebloc has edge, second; they share one volume and one database, so "
            + "uninstall all but one");
    }

    [Fact]
    public async Task A_namespace_without_one_leads_to_those_that_have_one()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With("other", "elsewhere");

        await RefusedAsync(
            scene, "tracebloc",
            "Release was not found: namespace tracebloc has none; there is one in elsewhere: choose "
            + "it with --namespace");
    }

    [Fact]
    public async Task A_cluster_without_one_leads_to_the_chart()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).WithoutNamespace();

        await RefusedAsync(
            scene, null,
            $"Release was not found: no namespace of {scene.Api.Address} has one; install the client chart with helm "
            + "install");
        await RefusedAsync(
            scene, "tracebloc",
            "Release was not found: namespace tracebloc has none; check the namespace, or install "
            + "the client chart with "
            + "helm install");
    }

    [Fact]
    public async Task Who_may_not_look_everywhere_gets_the_release_of_the_default_namespace()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With("mine", "default").WithoutNamespace();
        ForbidTheCluster(scene);

        Assert.Equal("mine", (await FindAsync(scene)).Name);
    }

    [Fact]
    public async Task Who_may_not_look_everywhere_and_has_none_there_has_to_name_the_namespace()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With().WithoutNamespace();
        ForbidTheCluster(scene);

        await RefusedAsync(
            scene, null,
            "Release was not found: namespace default has none, and listing Deployments of all namespaces is not "
            + "permitted; give the namespace with --namespace");
    }

    [Fact]
    public async Task A_missing_right_in_the_namespace_is_named_with_its_rule()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("list", "deployments");

        await RefusedAsync(
            scene, null,
            "Release was not found: listing Deployments of namespace tracebloc is not permitted; "
            + "check the namespace, or "
            + "add to a Role there: {apiGroups: [\"apps\"], resources: [deployments], verbs: [list]}");
    }

    [Fact]
    public async Task A_server_that_is_away_is_no_missing_release()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Fail("list", "deployments", FakeFault.Status(500, "InternalError"), times: 9);

        var fault = await Assert.ThrowsAsync<CliException>(() => FindAsync(scene));

        Assert.Equal(CliExit.Local, fault.ExitCode);
        Assert.EndsWith("; try again in a while", fault.Message, StringComparison.Ordinal);
    }

    private static void ForbidTheCluster(Scene scene) => scene.Api.Fail(
        call => call is { Verb: "list", Resource: "deployments", Namespace: null },
        FakeFault.Status(403, "Forbidden", "User \"ada\" cannot list resource \"deployments\" at the cluster scope"),
        times: 9);

    private static Task<Release> FindAsync(Scene scene, string? ns = null) =>
        new ReleaseFinder(scene.Open(ns)).FindAsync(Cancelled);

    private static async Task RefusedAsync(Scene scene, string? ns, string message)
    {
        var fault = await Assert.ThrowsAsync<CliException>(() => FindAsync(scene, ns));

        Assert.Equal((CliExit.NoRelease, message), (fault.ExitCode, fault.Message));
    }
}
