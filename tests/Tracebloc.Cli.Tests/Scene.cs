using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Testing.JobsManager;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests;

/// <summary>An API server with one release, whose jobs-manager answers through a port-forward.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Namespace = "tracebloc", Digest =
        "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    private readonly FileInfo _kubeconfig = new(Path.GetTempFileName());
    private readonly List<ClusterSession> _sessions = [];
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private Scene(FakeKubernetesApi api, FakeJobsManager manager) => (Api, Manager) = (api, manager);

    public FakeKubernetesApi Api { get; }

    public FakeJobsManager Manager { get; }

    /// <summary>The clock of the program; the fake's own is the real one.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Standard output.</summary>
    public string Text => _output.ToString();

    /// <summary>Standard error.</summary>
    public string Error => _error.ToString();

    public string Kubeconfig => _kubeconfig.FullName;

    public static Release Release { get; } = ReleaseReader.Read(Manifests.Deployment("edge").Seen());

    public static async Task<Scene> StartAsync(CancellationToken token, FakeKubernetesApiOptions? options = null)
    {
        var api = await FakeKubernetesApi.StartAsync(
            options ?? new() { Version = FakeServerVersion.Current, User = "ada" }, token);
        var manager = await FakeJobsManager.StartAsync(cancellationToken: token);
        manager.Version = Manifests.Version(ProgramVersion.Text, SchemaMatch.OwnDigest);
        manager.Accepts = bearer => api.HasToken(bearer, "jobs-manager");
        var scene = new Scene(api, manager);
        await File.WriteAllTextAsync(scene.Kubeconfig, api.Kubeconfig, token);
        return scene;
    }

    /// <summary>Adds a whole release.</summary>
    public Scene With(string release = "edge", string ns = Namespace)
    {
        Api.Add(Manifests.Deployment(release, ns));
        Api.Add(Manifests.Service(ns));
        Api.Add(Manifests.Policy(release, ns));
        Api.Add(Manifests.Claim(ns));
        Api.Add(Manifests.Account(ns));
        var pod = Api.List("pods", ns).Single(each => (string?)each["metadata"]!["labels"]!["app"] == "manager");
        Api.Forward((string)pod["metadata"]!["name"]!, 8080, Manager.Port);
        return this;
    }

    /// <summary>The kubeconfig's context names no namespace.</summary>
    public Scene WithoutNamespace()
    {
        File.WriteAllText(
            Kubeconfig, Api.Kubeconfig.Replace($", namespace: \"{Namespace}\"", "", StringComparison.Ordinal));
        return this;
    }

    /// <summary>Pipes in place of a terminal.</summary>
    public Screen Screen(ScreenOptions options) => new(
        new() { Input = new StringReader(""), Output = _output, Error = _error, Time = Time }, options);

    public ReleaseOptions Options(string? ns = null) => new(new ClusterOptions(Kubeconfig, null), ns);

    public ClusterSession Open(string? ns = null)
    {
        var session = ClusterSession.Open(Options(ns), Screen(new()));
        _sessions.Add(session);
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions) session.Dispose();
        await Api.DisposeAsync();
        await Manager.DisposeAsync();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
        _kubeconfig.Delete();
    }
}
