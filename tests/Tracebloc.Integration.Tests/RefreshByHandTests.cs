using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests;

/// <summary>That the script which the benchmark compares with does the job: else its time would mean nothing.</summary>
public sealed class RefreshByHandTests(RealCluster cluster, RealRegistryFixture fixture)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_what_is_unchanged_from_what_is_not()
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.Registry);
        var registry = fixture.Registry;
        var first = await registry.PushAsync("tracebloc/manager", "prod", "1", ImageShape.OciIndex, Cancelled);
        var second = await registry.PushAsync("tracebloc/monitor", "prod", "1", ImageShape.DockerList, Cancelled);
        await cluster.KubectlAsync(["create", "deployment", "jobs", "--image=jobs", "--replicas=0"], Cancelled);
        await cluster.KubectlAsync(
            ["annotate", "deployment/jobs", Record("manager", first), Record("monitor", second)], Cancelled);
        string[] images =
        [
            $"manager {registry.Host}/tracebloc/manager:prod deployment/jobs",
            $"monitor {registry.Host}/tracebloc/monitor:prod deployment/jobs",
        ];
        var (tokens, requests) = (registry.TokenRequests.Count, await registry.RequestsAsync(Cancelled));

        var unchanged = await RunAsync(images);

        Assert.Equal($"manager: unchanged at {first}\nmonitor: unchanged at {second}\n", unchanged.StandardOutput);
        Assert.Equal((0, ""), (unchanged.ExitCode, unchanged.StandardError));
        Assert.Single(registry.TokenRequests.Skip(tokens));
        Assert.Equal(3, (await registry.RequestsAsync(Cancelled)).Count - requests.Count);

        var third = await registry.PushAsync("tracebloc/monitor", "prod", "2", ImageShape.DockerList, Cancelled);
        var changed = await RunAsync(images);

        Assert.Equal(1, changed.ExitCode);
        Assert.Contains($"monitor: {second}, latest is {third}", changed.StandardOutput);
    }

    private static string Record(string name, string digest) => $"tracebloc.io/last-refreshed-{name}-digest={digest}";

    private async Task<BufferedCommandResult> RunAsync(string[] images) =>
        await Cli.Wrap(RealParts.RefreshByHand)
            .WithEnvironmentVariables(variables => variables
                .Set("KUBECONFIG", cluster.KubeConfig)
                .Set("NAMESPACE", cluster.Namespace)
                .Set("CA_FILE", fixture.Registry.CaFile))
            .WithStandardInputPipe(PipeSource.FromString(string.Concat(images.Select(image => $"{image}\n"))))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancelled);
}
