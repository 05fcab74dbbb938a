using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>The platform: its thirteen kinds, an object of each, and a database in a pod.</summary>
internal sealed class SyncPlatform(SyncDesk desk)
{
    /// <summary>The kinds by their plurals, and their tables, in the order of the page.</summary>
    public static IReadOnlyList<(string Plural, string Table)> Kinds { get; } =
    [
        ("projects", "project"), ("modelfamilys", "modelfamily"), ("models", "model"), ("pipelines", "pipeline"),
        ("pipelineruns", "pipelinerun"), ("inferenceservers", "inferenceserver"), ("revisions", "revision"),
        ("clusters", "cluster"), ("rayclusters", "raycluster"), ("rayjobs", "rayjob"), ("triggerruns", "triggerrun"),
        ("deployments", "deployment"), ("sparkjobs", "sparkjob"),
    ];

    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromMinutes(3);

    private static string Definitions => Manifest.Read("michelangelo-kinds");

    /// <exception cref="InvalidOperationException">The cluster has the kinds already.</exception>
    public async Task SetUpAsync(CancellationToken cancellationToken)
    {
        desk.Reporter.Scene(38, "The platform: thirteen kinds, an object of each, and a database");
        // What a run that was killed has left.
        if (await AreKindsThereAsync(cancellationToken)) await RemoveAsync(cancellationToken);
        await desk.Home.RunAsync(
            ["delete", "namespace", desk.Kubectl.Namespace, "--ignore-not-found", "--request-timeout=2m"],
            cancellationToken);
        await desk.Home.RunAsync(["create", "namespace", desk.Kubectl.Namespace], cancellationToken);
        await desk.Home.RunAsync(["apply", "--filename=-"], cancellationToken, Definitions);
        await desk.Home.RunAsync(
            [
                "wait", "--for=condition=Established", "--timeout=25s", "customresourcedefinitions",
                .. Kinds.Select(kind => $"{kind.Plural}.michelangelo.api"),
            ],
            cancellationToken);
        await desk.ApplyAsync(Manifest.Read("michelangelo-objects"), cancellationToken);
        await desk.Shell.RunAsync(
            $"kubectl config set-context --current --namespace={desk.Home.Namespace}", cancellationToken);
        await StartDatabaseAsync(cancellationToken);
        await MakeSecretsAsync(cancellationToken);
    }

    /// <summary>Takes the finalizer off what is left, by the page's command, and removes all of it.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await desk.Home.RunAsync(
            ["delete", "namespace", desk.Kubectl.Namespace, "--ignore-not-found", "--wait=false"], cancellationToken);
        await desk.Shell.RunAsync(desk.Block(SyncUninstall.FreesObjects), cancellationToken);
        await desk.Home.RunAsync(
            ["delete", "--filename=-", "--ignore-not-found", "--timeout=25s"], cancellationToken, Definitions);
    }

    // All objects of these kinds are mirrored, and the kinds are removed in the end.
    private async Task<bool> AreKindsThereAsync(CancellationToken cancellationToken)
    {
        var all = await desk.Home.RunAsync(
            ["get", "customresourcedefinitions", "--show-labels", "--no-headers"], cancellationToken);
        var kinds = all.Split('\n')
            .Where(line => line.Contains(".michelangelo.api ", StringComparison.Ordinal))
            .ToList();
        return kinds.All(line => line.Contains("part-of=tracebloc-e2e", StringComparison.Ordinal))
            ? kinds.Count > 0
            : throw new InvalidOperationException(
                "the cluster has kinds of michelangelo.api that are no test's; the story needs a cluster without them");
    }

    private async Task StartDatabaseAsync(CancellationToken cancellationToken)
    {
        var (name, password, header) = RealRegistry.Credentials;
        await desk.Home.RunAsync(
            [
                "create", "secret", "docker-registry", "e2e-pulls", "--docker-server=ghcr.io",
                $"--docker-username={name}", $"--docker-password={password}",
            ],
            cancellationToken);
        await desk.Home.RunAsync(["apply", "--filename=-"], cancellationToken, Manifest.Read("mysql"));
        await desk.Home.UntilAsync(
            Kind.Pods,
            pods => pods.FirstOrDefault(pod => (string?)pod["metadata"]?["name"] == "mysql"
                && (bool?)pod["status"]?["containerStatuses"]?[0]?["ready"] == true),
            new Limit("a database that answers", DatabaseLimit),
            cancellationToken);
        var account = await desk.Shell.RunAsync(
            "kubectl exec --stdin pod/mysql -- mysql -uroot -proot",
            cancellationToken, desk.Block("CREATE DATABASE"));
        desk.Reporter.Equal("the page's SQL makes the database and the account", 0, account.ExitCode);
    }

    private async Task MakeSecretsAsync(CancellationToken cancellationToken)
    {
        using var authority = TestCertificates.Create();
        using var server = authority.IssueServer($"metadata-sync.{desk.Home.Namespace}.svc");
        var (certificate, key) = TestCertificates.ToPem(server);
        await WriteAsync("ca.crt", authority.AuthorityPem);
        await WriteAsync("tls.crt", certificate);
        await WriteAsync("tls.key", key);
        await WriteAsync("values.yaml", Manifest.Read("metadata-sync"));
        await WriteAsync("column.yaml", Manifest.Read("metadata-sync-column"));
        var made = await desk.Shell.RunAsync(
            "kubectl create secret tls metadata-sync-tls --cert=tls.crt --key=tls.key", cancellationToken);
        made.AssertExit(0);

        Task WriteAsync(string file, string text) =>
            File.WriteAllTextAsync(Path.Combine(desk.Shell.Folder, file), text, cancellationToken);
    }
}
