using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Charts;

/// <summary>A release of a stand-in for chart 1.x, in its own namespace, since its claims have fixed names.</summary>
internal sealed class FormerRelease : IAsyncDisposable
{
    private readonly RealCluster _cluster;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("former-release-");
    private readonly Kubectl _kubectl;

    private FormerRelease(RealCluster cluster, string version, string values)
    {
        (_cluster, Version, Values) = (cluster, version, values);
        Release = $"former-{Guid.NewGuid():n}"[..12];
        _kubectl = new Kubectl(cluster.KubeConfig, Release);
    }

    public string Version { get; }

    /// <summary>The values file of install and upgrade.</summary>
    public string Values { get; }

    /// <summary>The name of the release and of its namespace.</summary>
    public string Release { get; }

    /// <summary>1.4.1 gives auto-upgrade the whole cluster and signs no tokens.</summary>
    public bool IsOld => Version == "1.4.1";

    public static async Task<FormerRelease> InstallAsync(
        RealCluster cluster, string version, string values, CancellationToken cancellationToken)
    {
        var release = new FormerRelease(cluster, version, values);
        await release._kubectl.RunAsync(["create", "namespace", release.Release], cancellationToken);
        var templates = release._folder.CreateSubdirectory("templates").FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "former-chart.yaml"), Path.Combine(templates, "all.yaml"));
        await File.WriteAllTextAsync(
            Path.Combine(release._folder.FullName, "Chart.yaml"),
            $"apiVersion: v2\nname: client\nversion: {version}\n",
            cancellationToken);
        // Helm 3 knew no other way than a merge on its own side.
        await release.HelmAsync(
            cancellationToken,
            "install", release.Release, release._folder.FullName, "--values", values, "--server-side=false");
        return release;
    }

    public async Task<string> HelmAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await Cli.Wrap(RealParts.HelmProgram ?? "")
            .WithArguments([.. arguments, "--namespace", Release, "--kubeconfig", _cluster.KubeConfig])
            .WithEnvironmentVariables(((string[])["CACHE", "CONFIG", "DATA"])
                .ToDictionary(part => $"HELM_{part}_HOME", string? (part) => Path.Combine(_folder.FullName, part)))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        Assert.True(result.IsSuccess, $"helm {string.Join(' ', arguments)}\n{result.StandardError}");
        return result.StandardOutput;
    }

    public async Task<IReadOnlyList<JsonObject>> ListAsync(string type, CancellationToken cancellationToken)
    {
        using var client = await _cluster.OpenAsync();
        return await client.ListObjectsAsync(type, Release, cancellationToken);
    }

    /// <summary>Without a token: objects of the whole cluster must go all the same.</summary>
    public async ValueTask DisposeAsync()
    {
        await HelmAsync(CancellationToken.None, "uninstall", Release);
        await _kubectl.RunAsync(["delete", "namespace", Release, "--wait=false"], CancellationToken.None);
        _folder.Delete(recursive: true);
    }
}
