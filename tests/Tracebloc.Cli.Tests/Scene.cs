using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.Cli.Finding;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
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

    private Scene(FakeKubernetesApi api, FakeJobsManager manager) => (Api, Manager) = (api, manager);

    public FakeKubernetesApi Api { get; }

    public FakeJobsManager Manager { get; }

    /// <summary>The clock of the program; the fake's own is the real one.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Standard output.</summary>
    public MemoryStream Output { get; } = new();

    public string Text => System.Text.Encoding.UTF8.GetString(Output.ToArray());

    public string Kubeconfig => _kubeconfig.FullName;

    public ProgramContext Context =>
        new(Time, _ => null, NullLogger.Instance, new ResultWriter(() => new Kept(Output)));

    public static Release Release { get; } = ReleaseReader.Read(Manifests.Deployment("edge").Seen());

    public static async Task<Scene> StartAsync(CancellationToken token, FakeKubernetesApiOptions? options = null)
    {
        var api = await FakeKubernetesApi.StartAsync(
            options ?? new() { Version = FakeServerVersion.Current, User = "ada" }, token);
        var manager = await FakeJobsManager.StartAsync(cancellationToken: token);
        manager.Version = Manifests.Version(ProgramVersion.Text, SchemaMatch.OwnDigest);
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

    public ReleaseOptions Options(string? ns = null) => new(new ClusterOptions(Kubeconfig, null), ns);

    public ClusterSession Open(string? ns = null)
    {
        var session = ClusterSession.Open(Options(ns), Context);
        _sessions.Add(session);
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions) session.Dispose();
        await Api.DisposeAsync();
        await Manager.DisposeAsync();
        _kubeconfig.Delete();
    }

    /// <summary>A stream that stays open when the writer closes it.</summary>
    private sealed class Kept(MemoryStream inner) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
