using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using k8s;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>
/// A chart <c>client</c> in several versions, a repository that serves them, and a release of it. Arranging and looking
/// is done by helm itself, run by the test.
/// </summary>
internal sealed class ChartScene : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private ChartScene(RealCluster cluster, string release, DirectoryInfo folder, ChartServer server) =>
        (Cluster, Release, _folder, Server, KubeConfig) = (cluster, release, folder, server, cluster.KubeConfig);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public RealCluster Cluster { get; }

    /// <summary>One of its own for each test of a class: they share a namespace.</summary>
    public string Release { get; }

    public ChartServer Server { get; }

    /// <summary>The program's kubeconfig: an administrator's, unless a test sets another.</summary>
    public string KubeConfig { get; set; }

    private string Charts => Path("repository");

    public static async Task<ChartScene> StartAsync(RealCluster cluster, string release, bool isPrivate = false)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.PublishedChartUpgrade, RealParts.Helm);
        var folder = Directory.CreateTempSubdirectory("chart-scene-");
        var charts = folder.CreateSubdirectory("repository").FullName;
        var server = await ChartServer.StartAsync(charts, isPrivate, Cancelled);
        return new ChartScene(cluster, release, folder, server);
    }

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Puts a version into the repository.</summary>
    public async Task PublishAsync(string version, string values = "", string strategy = "", GpgKey? signer = null)
    {
        var chart = ChartFiles.Write(Path(version), values, strategy);
        string[] signed = signer is null ? [] : ["--sign", "--key", GpgKey.Name, "--keyring", signer.SecretRing];
        await HelmAsync(["package", chart, "--version", version, "--destination", Charts, .. signed]);
        await HelmAsync(["repo", "index", Charts]);
    }

    /// <summary>Puts another chart in the place of a signed one, as somebody could who has the repository.</summary>
    public async Task TamperAsync(string version)
    {
        var provenance = await File.ReadAllBytesAsync(Package(version) + ".prov", Cancelled);
        await PublishAsync(version, "a: tampered with");
        await File.WriteAllBytesAsync(Package(version) + ".prov", provenance, Cancelled);
    }

    /// <summary>The package as the repository serves it.</summary>
    public string Package(string version) => System.IO.Path.Combine(Charts, $"client-{version}.tgz");

    public Task InstallAsync(string version, params string[] more) =>
        HelmAsync(["install", Release, Package(version), .. InCluster(), .. more]);

    /// <summary>Runs chart-upgrade as it is published, with nothing in its environment but where helm is.</summary>
    public ChildProgram Start(params string[] more) => PublishedProgram.StartFile(
        RealParts.ChartUpgrade,
        [
            "--release", Release, "--namespace", Cluster.Namespace, "--chart", "client",
            "--repo-url", Server.Address, "--kubeconfig", KubeConfig, .. more,
        ],
        ("HELM", RealParts.HelmProgram ?? ""));

    public Task<ProgramResult> RunAsync(params string[] more) => Start(more).Result;

    /// <summary>The revisions, <c>deployed client-1.0.0</c>, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync()
    {
        var json = await HelmAsync(["history", Release, "--output", "json", .. InCluster()]);
        return [.. JsonNode.Parse(json)!.AsArray().Select(line => $"{line!["status"]} {line["chart"]}")];
    }

    /// <summary>The release's ConfigMap: the values that the chart was rendered with.</summary>
    public async Task<string> RenderedAsync()
    {
        using var client = await Cluster.OpenAsync();
        var found = await client.CoreV1.ReadNamespacedConfigMapAsync(
            Release, Cluster.Namespace, cancellationToken: Cancelled);
        return found.Data["values"];
    }

    public CommandTask<BufferedCommandResult> StartHelm(params string[] arguments) =>
        Cli.Wrap(RealParts.HelmProgram ?? "")
            .WithArguments(arguments)
            .WithEnvironmentVariables(HelmHome())
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancelled);

    public string[] InCluster() => ["--namespace", Cluster.Namespace, "--kubeconfig", Cluster.KubeConfig];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string> HelmAsync(string[] arguments)
    {
        var result = await StartHelm(arguments);
        Assert.True(result.IsSuccess, $"helm {string.Join(' ', arguments)}\n{result.StandardError}");
        return result.StandardOutput;
    }

    private Dictionary<string, string?> HelmHome() => ((string[])["CACHE", "CONFIG", "DATA"])
        .ToDictionary(part => $"HELM_{part}_HOME", string? (part) => Path($"helm-{part}"));
}
