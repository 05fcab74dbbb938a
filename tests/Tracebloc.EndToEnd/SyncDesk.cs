using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>The desk of an operator of metadata-sync: a shell, the page, the database, and the cluster.</summary>
internal sealed class SyncDesk : IDisposable
{
    /// <summary>How the page's commands that run the program begin, and those that read its log.</summary>
    public const string Program = "kubectl exec --namespace michelangelo deployment/metadata-sync -- /program ",
        Logs = "kubectl logs -l app.kubernetes.io/name=metadata-sync --namespace michelangelo --tail=-1 | grep ";

    /// <summary>The password of the account that the page makes.</summary>
    private const string Password = "e2e-not-a-password";

    private const string Group = "/apis/michelangelo.api/v2";

    private readonly Release _release;
    private readonly SyncPage _page;

    public SyncDesk(Release release, string chart)
    {
        _release = release;
        Kubectl = new Kubectl(release.Kubectl.KubeConfig, $"{release.Kubectl.Namespace}-demo");
        Shell = new SyncShell(release.Kubectl, release.Helm);
        Database = new SyncDatabase(release.Kubectl);
        var home = release.Kubectl.Namespace;
        _page = new SyncPage(
        [
            ("--namespace michelangelo", $"--namespace {home}"),
            ("/namespaces/michelangelo/", $"/namespaces/{home}/"),
            ("metadata-sync.michelangelo.svc", $"metadata-sync.{home}.svc"),
            ("--namespace demo", $"--namespace {Kubectl.Namespace}"),
            ("-n demo", $"-n {Kubectl.Namespace}"),
            ("/namespaces/demo/", $"/namespaces/{Kubectl.Namespace}/"),
            ("tracebloc/metadata-sync", chart),
            ("'PASSWORD'", $"'{Password}'"),
            ("password=PASSWORD", $"password={Password}"),
        ]);
    }

    /// <summary>The namespace of the objects that are mirrored.</summary>
    public Kubectl Kubectl { get; }

    /// <summary>The namespace of the release.</summary>
    public Kubectl Home => _release.Kubectl;

    public SyncShell Shell { get; }

    public SyncDatabase Database { get; }

    public StoryReporter Reporter => _release.Reporter;

    /// <inheritdoc cref="SyncPage.Block"/>
    public string Block(string beginning) => _page.Block(beginning);

    /// <summary>Runs a block of the page in the shell, with more at its end, and shows both.</summary>
    public Task<ProgramResult> RunAsync(
        string beginning, CancellationToken cancellationToken, string more = "") =>
        ShowAsync($"{Block(beginning)}{more}", cancellationToken);

    /// <summary>Runs a script in the shell, and shows it with all that it writes.</summary>
    public async Task<ProgramResult> ShowAsync(string script, CancellationToken cancellationToken)
    {
        Reporter.Say($"$ {script}");
        var end = await Shell.RunAsync(script, cancellationToken);
        Reporter.Say($"{end.Output}{end.Error}");
        return end;
    }

    /// <summary>Makes objects out of a manifest, in the namespace of those that are mirrored.</summary>
    public Task ApplyAsync(string manifest, CancellationToken cancellationToken) =>
        Kubectl.RunAsync(["apply", "--filename=-"], cancellationToken, manifest);

    /// <summary>An object as the API server sends it.</summary>
    public async Task<JsonNode?> ReadAsync(string plural, string name, CancellationToken cancellationToken) =>
        JsonNode.Parse(await Kubectl.RunAsync(
            ["get", "--raw", $"{Group}/namespaces/{Kubectl.Namespace}/{plural}/{name}"], cancellationToken));

    /// <summary>The pod that holds the Lease.</summary>
    public async Task<string> LeaderAsync(CancellationToken cancellationToken) => (await Home.RunAsync(
            ["get", "lease", "metadata-sync", "--output=jsonpath={.spec.holderIdentity}"], cancellationToken))
        .Split('_')[0];

    public void Dispose() => Shell.Dispose();
}
