using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Objects without a namespace, which <c>run</c> mirrors and kubectl reads from <c>serve</c>.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ClusterScopeTests(RealCluster cluster, RealDatabases databases)
    : IClassFixture<RealCluster>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scope-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Objects_without_a_namespace_are_mirrored_and_kubectl_has_them_as_any_others(ServerKind kind)
    {
        RealParts.SkipWithout(RealParts.PublishedMetadataSync, RealParts.Cluster, RealParts.StrictKubectl);
        await using var regions = await Regions.InstallAsync(await cluster.OpenAsync(), Token);
        await using var scene = await SyncScene.StartAsync(
            cluster, databases[kind], hasPlatform: false, Token, regions.Kind);
        foreach (var (name, owner) in ((string, string)[])[("east", "ada"), ("north", "bob"), ("west", "ada")])
            await regions.CreateAsync(name, owner, Token);
        scene.Start("pod-1");
        await SeeAsync(scene, "/east live ada", "/north live bob", "/west live ada");
        await regions.FreezeAsync("north", Token);
        await SeeAsync(scene, "/east live ada", "/north evicted bob", "/west live ada");
        await SyncScene.UntilAsync(
            async token => (await regions.NamesAsync(token)).SequenceEqual(["east", "west"]),
            () => "the region is not taken out of the cluster", Token);
        (await scene.VerifyAsync(regions.Kind)).AssertExit(0);

        var kubectl = await KubectlOfAsync(scene.Serve(), regions);
        var (full, path) = ($"region.{regions.Kind.Group}", $"/apis/{regions.Kind.GroupVersion}");
        Assert.Equal([$"{full}/east", $"{full}/north", $"{full}/west"], await kubectl("get regions -o name"));
        Assert.Equal([$"{full}/north"], await kubectl("get regions north -o name"));
        Assert.Equal(
            [$"{full}/east", $"{full}/west"], await kubectl("get regions --field-selector spec.owner=ada -o name"));
        Assert.Equal("NAME AGE ROW", (await kubectl("get regions"))[0]);
        Assert.Contains(
            "the server could not find the requested resource",
            (await Assert.ThrowsAsync<InvalidOperationException>(
                () => kubectl($"get --raw {path}/namespaces/default/regions/east"))).Message);

        await kubectl("delete regions east north --wait=false");
        await SeeAsync(scene, "/east deleted ada", "/north deleted bob", "/west live ada");
        await kubectl($"delete --raw {path}/regions");
        await SeeAsync(scene, "/east deleted ada", "/north deleted bob", "/west deleted ada");
        Assert.Empty(await kubectl("get regions -o name"));
        await SyncScene.UntilAsync(
            async token => (await regions.NamesAsync(token)).Count == 0, () => "a region is there still", Token);
    }

    private static async Task SeeAsync(SyncScene scene, params IReadOnlyList<string> rows)
    {
        IReadOnlyList<string> last = [];
        await SyncScene.UntilAsync(
            async token => (last = await scene.QueryAsync(
                "SELECT CONCAT(namespace, '/', name, ' ', IF(delete_time IS NOT NULL, 'deleted', "
                + "IF(evicted_time IS NOT NULL, 'evicted', 'live')), ' ', owner) FROM region ORDER BY name",
                token)).SequenceEqual(rows),
            () => $"rows: {string.Join(", ", last)}",
            Token);
    }

    /// <summary>kubectl with a server that serves the kind: the lines of its answer, without alignment.</summary>
    private async Task<Func<string, Task<string[]>>> KubectlOfAsync(SyncReplica server, Regions regions)
    {
        var last = (Status: 0, Text: "");
        await SyncScene.UntilAsync(
            async token => (last = await server.GetAsync(
                $"/apis/{regions.Kind.GroupVersion}/regions", token)).Status == 200,
            () => $"{last}", Token);
        var config = Path.Combine(_folder.FullName, "config");
        await File.WriteAllTextAsync(
            config,
            $$$"""
            {"apiVersion": "v1", "kind": "Config", "current-context": "c",
             "contexts": [{"name": "c", "context": {"cluster": "c"}}],
             "clusters": [{"name": "c", "cluster": {"server": "{{{server.Address}}}"}}]}
            """,
            Token);
        var kubectl = new Kubectl(config, "default") { Program = RealParts.Kubectl ?? "" };
        return async arguments =>
        {
            var text = await kubectl.RunAsync(
                [$"--cache-dir={Path.Combine(_folder.FullName, "cache")}", .. arguments.Split(' ')], Token);
            return
            [
                .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
            ];
        };
    }
}
