using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary><c>container</c> may name an init container, of every kind of workload.</summary>
public sealed class TickInitContainerTests
{
    [Theory]
    [InlineData("deployment/acme")]
    [InlineData("statefulset/acme")]
    [InlineData("daemonset/acme")]
    [InlineData("cronjob/acme")]
    public async Task Its_image_and_its_variable_are_set_and_its_neighbours_are_left_alone(string workload)
    {
        await using var fixture = await StartAsync(Of(workload), version: FakeServerVersion.Current);
        TrackedImage[] images =
        [
            fixture.SetImage(workload: workload) with { Action = new RefreshAction.SetImage("setup") },
            fixture.SetEnv(workload: workload) with { Action = new RefreshAction.SetEnv("load", "DIGEST") },
        ];
        await fixture.SeenAsync(images);
        var before = WorkloadBuilder.TemplateOf(fixture.Api.Get(workload))["spec"]!["containers"]!.ToJsonString();
        var (image, variable) = (fixture.Push("web", "2"), fixture.Push("ingestor", "2"));

        var report = await fixture.TickThroughWaitsAsync();

        Assert.All(report.Images, each => Assert.Equal(Outcome.Refreshed, each.Outcome));
        var pod = WorkloadBuilder.TemplateOf(fixture.Api.Get(workload))["spec"]!;
        var (setup, load) = (pod["initContainers"]![0]!, pod["initContainers"]![1]!);
        Assert.Equal(images[0].Image.At(image), (string?)setup["image"]);
        Assert.Equal("registry.example.com/load:1", (string?)load["image"]);
        Assert.Equal($$"""[{"name":"DIGEST","value":"{{variable}}"}]""", load["env"]!.ToJsonString());
        Assert.Equal(before, pod["containers"]!.ToJsonString());
        fixture.AssertSettled("web", image, workload);
        fixture.AssertSettled("ingestor", variable, workload);
    }

    private static WorkloadBuilder Of(string workload) => WithContainers(workload.Split('/')[0] switch
    {
        "deployment" => Manifests.Deployment("acme"),
        "statefulset" => Manifests.StatefulSet("acme"),
        "daemonset" => Manifests.DaemonSet("acme"),
        _ => Manifests.CronJob("acme"),
    }).InitContainer("setup", "registry.example.com/setup:1").InitContainer("load", "registry.example.com/load:1");
}
