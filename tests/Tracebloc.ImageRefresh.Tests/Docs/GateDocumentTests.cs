using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The documented gates: each configuration gives the output shown beside it.</summary>
public sealed class GateDocumentTests
{
    [Fact]
    public async Task The_documented_report_is_that_of_the_documented_configuration()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Manifests.Deployment("web").Container("web", "web:stable").Container("proxy", "proxy:stable"));
        fixture.Api.Add(Manifests.DaemonSet("agent"));
        fixture.Api.Add(Manifests.Node("one", "linux/amd64"));
        fixture.Configuration = DocumentedConfiguration.Of("gates", fixture.Registry.Host);
        Push(fixture, "1", "linux/amd64", "linux/arm64");
        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);
        Push(fixture, "2", "linux/amd64");
        fixture.Registry.Push("agent", "stable", FakeManifest.ForPlatforms(("linux/amd64", "1"), ("linux/arm64", "2")));

        var report = await fixture.TickAsync(dryRun: true);

        Assert.Equal(Documents.Block("gates-report").Trim(), ReportText.Write(report).Trim());
    }

    private static void Push(TickFixture fixture, string content, params string[] platforms)
    {
        var manifest = FakeManifest.ForPlatforms([.. platforms.Select(platform => (platform, content))]);
        foreach (var image in fixture.Configuration.Images)
            fixture.Registry.Push(image.Image.Path, image.Image.Tag, manifest);
    }
}
