using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The documented credentials: each configuration gives the output shown beside it.</summary>
public sealed class CredentialDocumentTests : IDisposable
{
    private const string Ecr = "1234.dkr.ecr.eu-central-1.amazonaws.com";

    private readonly FakeHelper _helper = new();
    private readonly ConfigurationFile _file = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _helper.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task The_documented_report_is_that_of_the_documented_configuration()
    {
        await using var api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        await using var ecr = await RegistryAsync(FakeAuthentication.Basic, ("AWS", "of-the-helper"), "web");
        await using var ghcr = await RegistryAsync(FakeAuthentication.Token, ("ann", "renewed"), "acme/proxy");
        await using var harbor = await RegistryAsync(FakeAuthentication.Token, ("ann", "pull"), "agent");
        api.Add(Manifests.Deployment("web"));
        api.Add(Manifests.DaemonSet("agent").PullSecrets("harbor-pull"));
        api.Add(Manifests.ServiceAccount("default"));
        api.Add(Manifests.PullSecret("harbor-pull", Entry(harbor, "ann", "pull")));
        _helper.Has("ecr-login", ecr.Host, "AWS", "of-the-helper");
        _file.With(".dockerconfigjson", Entry(ghcr, "ann", "expired"));
        (string Name, FakeRegistry Registry)[] hosts =
            [(Ecr, ecr), ("ghcr.io", ghcr), ("harbor.example.com", harbor)];
        var text = Documents.Block("credentials").Replace("/var/run/secrets/registry/", "");
        text = hosts.Aggregate(text, (yaml, host) => yaml.Replace(host.Name, host.Registry.Host));
        _file.Read(ConfigurationFile.Head + text);
        await TickAsync(api);
        api.Deny("get", "secrets");

        var said = await TickAsync(api);

        Assert.Equal(
            Documents.Block("credentials-report").Trim(),
            // On loopback they speak plain http.
            hosts.Aggregate(said.Replace("http://", "https://"), (report, host) =>
                report.Replace(host.Registry.Host, host.Name)).Trim());
    }

    /// <summary>The standard output of <c>image-refresh run</c>.</summary>
    private async Task<string> TickAsync(FakeKubernetesApi api)
    {
        using var output = new MemoryStream();
        var context = new ProgramContext(
            TimeProvider.System, _helper.Variable, NullLogger.Instance, new ResultWriter(() => output));
        var cluster = new ClusterOptions(_file.With("kubeconfig", api.Kubeconfig), null);
        await RefreshSession.Open(_file.Path, cluster, context).TickAsync(false, OutputFormat.Text, Cancelled);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<FakeRegistry> RegistryAsync(
        FakeAuthentication authentication, (string Name, string Password) user, string repository)
    {
        var registry = await FakeRegistry.StartAsync(
            new FakeRegistryOptions
            {
                Authentication = authentication,
                Users = new Dictionary<string, string> { [user.Name] = user.Password },
                CanPull = (who, name) => who is not null || name != "agent",
            },
            Cancelled);
        registry.Push(repository, "stable", "1");
        return registry;
    }

    private static string Entry(FakeRegistry registry, string user, string password) =>
        $$"""{"auths": {"{{registry.Host}}": {"username": "{{user}}", "password": "{{password}}"} } }""";
}
