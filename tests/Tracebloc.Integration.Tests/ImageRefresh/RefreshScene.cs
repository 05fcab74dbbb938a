using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>
/// Real servers, each behind a <see cref="CountingProxy"/>, a service account with few rights, and a folder with what
/// the published program is configured by.
/// </summary>
internal sealed class RefreshScene : IAsyncDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-refresh-");
    private readonly List<string> _deployed = [];
    private readonly HashSet<string> _inputs = [];
    private CountingProxy? _api;
    private CountingProxy? _images;

    private RefreshScene(RealCluster cluster, RealRegistry registry) => (Cluster, Registry) = (cluster, registry);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public RealCluster Cluster { get; }

    public RealRegistry Registry { get; }

    public CallCounter Calls { get; } = new();

    public CountingProxy Api => _api ?? throw new InvalidOperationException("The scene has not been set.");

    public CountingProxy Images => _images ?? throw new InvalidOperationException("The scene has not been set.");

    /// <summary>The authority of the servers' certificates, the token server's among them.</summary>
    public string CaFile => Path("ca.crt");

    public string KubeConfig => Path("kubeconfig");

    /// <summary>The secret with which the program authenticates to the API server.</summary>
    public Canary Token { get; private set; } = Canary.Any;

    /// <param name="cluster">Where the workloads are.</param>
    /// <param name="registry">Where the images are.</param>
    /// <param name="rules">What the program's service account may do, as the rules of a Role in JSON.</param>
    public static async Task<RefreshScene> StartAsync(RealCluster cluster, RealRegistryFixture registry, string rules)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.Published);
        var scene = new RefreshScene(cluster, registry.Registry);
        var server = await scene.Cluster.ServerAsync(Cancelled);
        scene._api = await CountingProxy.StartAsync(
            server.Address, server.Authorities, scene._certificates, scene.Calls, Cancelled);
        scene._images = await CountingProxy.StartAsync(
            new Uri($"https://{scene.Registry.Host}"),
            [X509CertificateLoader.LoadCertificateFromFile(scene.Registry.CaFile)],
            scene._certificates,
            scene.Calls,
            Cancelled);
        var tokenServer = await File.ReadAllTextAsync(scene.Registry.CaFile, Cancelled);
        await scene.WriteAsync("ca.crt", scene._certificates.AuthorityPem + tokenServer);
        scene.Token = new Canary("kubeconfig", await cluster.TokenAsync(rules, Cancelled));
        await scene.WriteAsync("kubeconfig", scene.KubeConfigOf($"{scene.Token}"));
        return scene;
    }

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file that the program reads, and which may hold secrets.</summary>
    public Task WriteAsync(string name, string text)
    {
        _inputs.Add(Path(name));
        return File.WriteAllTextAsync(Path(name), text, Cancelled);
    }

    /// <summary>The image that a name stands for, as the configuration gives it.</summary>
    public string ImageOf(string name) => $"{Images.Address.Authority}/{name}:prod";

    /// <returns>The digest that the tag of this name stands for from now on.</returns>
    public Task<string> PushAsync(string name, string content) =>
        Registry.PushAsync(name, "prod", content, ImageShape.OciIndex, Cancelled);

    /// <summary>Writes the configuration: images as YAML list items, indented by none.</summary>
    public Task ConfigureAsync(string images, string more = "") => WriteAsync("refresh.yaml", $$"""
        apiVersion: refresh.tracebloc.io/v1
        kind: RefreshConfig
        namespace: {{Cluster.Namespace}}
        registries:
          "{{Images.Address.Authority}}": {caFile: "{{CaFile}}"}
        {{more}}
        images:
        {{images}}
        """);

    public ChildProgram Start(params string[] more) =>
        PublishedProgram.Start(
            ["run", "--config", Path("refresh.yaml"), "--kubeconfig", KubeConfig, .. more]).Guarding(Token);

    /// <summary>
    /// A tick once the controllers have seen the last one's records, as they have a quarter of an hour later: an
    /// annotation makes a new generation of a Deployment, and one whose status is behind is left to the next tick.
    /// </summary>
    public async Task<ProgramResult> RunAsync(params string[] more)
    {
        foreach (var name in _deployed)
            await Cluster.SettleAsync(name);
        return await Start(more).Result;
    }

    public Task DeployAsync(string name)
    {
        _deployed.Add(name);
        return Cluster.DeployAsync(name);
    }

    /// <summary>Forgets what has been counted so far.</summary>
    public void Forget()
    {
        Calls.Reset();
        Api.Forget();
        Images.Forget();
    }

    /// <exception cref="InvalidOperationException">The program let out a secret.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            (await ScanAsync()).AssertNone();
        }
        finally
        {
            if (_api is not null)
                await _api.DisposeAsync();
            if (_images is not null)
                await _images.DisposeAsync();
            _certificates.Dispose();
            _folder.Delete(recursive: true);
        }
    }

    // What the program wrote and sent. Its output is looked at as it ends.
    private async Task<LeakScan> ScanAsync()
    {
        var scan = new LeakScan(Token);
        foreach (var file in _folder.GetFiles("*", SearchOption.AllDirectories))
            if (!_inputs.Contains(file.FullName))
                scan.Look($"the file {file.Name}", await File.ReadAllTextAsync(file.FullName, Cancelled));
        foreach (var (place, text) in await Cluster.TracesAsync())
            scan.Look(place, text);
        foreach (var request in Api.Sent)
            scan.Look("a request to the API server", request.Rest).Look("its header", request.Authorization, Token);
        foreach (var request in Images.Sent)
            scan.Look("a request to the registry", $"{request.Authorization}\n{request.Rest}");
        return scan;
    }

    private string KubeConfigOf(string token) => $$"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
        - name: test
          cluster:
            server: {{Api.Address}}
            certificate-authority-data: {{Convert.ToBase64String(Encoding.UTF8.GetBytes(_certificates.AuthorityPem))}}
        users: [{name: test, user: {token: "{{token}}"} }]
        contexts: [{name: test, context: {cluster: test, user: test, namespace: "{{Cluster.Namespace}}"} }]

        """;
}
