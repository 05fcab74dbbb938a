using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Security;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>
/// An API server that helm renders against: it serves the kinds that the chart renders without one, and has the objects
/// that a test gives it. Every other object is missing.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const string Version = "1.36.0";

    private static readonly string[] LookedUp =
    [
        "{apiVersion: v1, kind: Namespace}", "{apiVersion: v1, kind: Secret}",
        "{apiVersion: apps/v1, kind: Deployment}",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cluster-");
    private readonly Dictionary<string, string> _answers;
    private readonly HashSet<string> _forbidden;
    private FakeListener? _listener;

    private Cluster(IReadOnlyList<Manifest> served, IReadOnlyList<JsonObject> objects, IReadOnlyList<string> forbidden)
    {
        _answers = Discovery(served)
            .Select(answer => (answer.Path, Node.Parse(answer.Yaml).Json))
            .Concat(objects.Select(one => (PathOf(one), one.ToJsonString())))
            .Append(("/api/v1/namespaces/tracebloc/secrets", Secrets(objects)))
            .ToDictionary(answer => answer.Item1, answer => answer.Item2);
        _forbidden = [.. forbidden];
    }

    /// <summary>The file that leads helm to it.</summary>
    public string KubeConfig => Path.Combine(_folder.FullName, "kubeconfig");

    /// <summary>The paths that helm has asked for.</summary>
    public IEnumerable<string> Paths => _listener?.Requests.Select(request => request.Path) ?? [];

    /// <param name="objects">What it has, in JSON.</param>
    /// <param name="forbidden">Paths that are answered with 403.</param>
    public static async Task<Cluster> StartAsync(IReadOnlyList<JsonObject> objects, params string[] forbidden)
    {
        var chart = await Chart.Client.RenderAsync(
            new Release { KubeVersion = Version, ApiVersion = AdmissionTests.Served });
        var kinds = chart.Manifests.Concat(LookedUp.Select(text => new Manifest(text)));
        var cluster = new Cluster([.. kinds], objects, forbidden);
        cluster._listener = await FakeListener.StartAsync(
            new FakeListenerOptions(), (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
        cluster._listener.Add(new FakeRule(_ => true, cluster.Answer, int.MaxValue));
        await File.WriteAllTextAsync(
            cluster.KubeConfig,
            $$$"""
            {apiVersion: v1, kind: Config, current-context: a, users: [], contexts: [{name: a, context: {cluster: a}}],
            clusters: [{name: a, cluster: {server: "{{{cluster._listener.Address}}}"}}]}
            """,
            TestContext.Current.CancellationToken);
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Helm's record of a release that an earlier chart has installed.</summary>
    /// <seealso href="https://helm.sh/docs/topics/advanced/#storage-backends"/>
    public static JsonObject Installed(string release)
    {
        var record = $$$"""
            {"name": "{{{release}}}", "namespace": "tracebloc", "version": 1, "manifest": "", "config": {},
            "info": {"status": "deployed"}, "chart": {"templates": [], "values": {},
            "metadata": {"apiVersion": "v2", "name": "client", "version": "1.9.62"} } }
            """;
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(record));
        var labels = new JsonObject
        {
            ["name"] = release,
            ["owner"] = "helm",
            ["status"] = "deployed",
            ["version"] = "1",
        };
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "helm.sh/release.v1",
            ["metadata"] = new JsonObject { ["name"] = $"sh.helm.release.v1.{release}.v1", ["labels"] = labels },
            ["data"] = new JsonObject { ["release"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(encoded)) },
        };
    }

    private static string Secrets(IReadOnlyList<JsonObject> objects) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "SecretList",
        ["items"] = new JsonArray([.. objects.Where(one => (string?)one["kind"] == "Secret")
            .Select(one => one.DeepClone())]),
    }.ToJsonString();

    private FakeReply Answer(FakeRequest request) => _forbidden.Contains(request.Path)
        ? FakeReply.Of(403, Status(403, "Forbidden"))
        : _answers.GetValueOrDefault(request.Path) is { } answer
            ? FakeReply.Of(200, answer)
            : FakeReply.Of(404, Status(404, "NotFound"));

    private static string Status(int code, string reason) =>
        $$"""{"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "{{reason}}", "code": {{code}}}""";

    private static string PathOf(JsonObject one)
    {
        var target = Target.Of(new Manifest(one.ToJsonString()));
        var version = (string?)one["apiVersion"];
        var space = target.IsCluster ? "" : $"namespaces/{(string?)one["metadata"]?["namespace"] ?? "tracebloc"}/";
        return $"/{Root(version)}/{version}/{space}{target.Resource}/{target.Name}";
    }

    private static string Root(string? version) => version?.Contains('/') == true ? "apis" : "api";

    /// <summary>https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api, unaggregated.</summary>
    private static IEnumerable<(string Path, string Yaml)> Discovery(IReadOnlyList<Manifest> served)
    {
        var versions = served.GroupBy(manifest => manifest.ApiVersion).ToList();
        var groups = versions.Select(version => version.Key.Split('/')).Where(parts => parts.Length == 2)
            .Select(parts => $"{{name: {parts[0]}, versions: [{{groupVersion: {parts[0]}/{parts[1]}, "
                + $"version: {parts[1]}}}]}}");
        yield return ("/version", $"{{major: '1', minor: '36', gitVersion: v{Version}}}");
        yield return ("/api", "{kind: APIVersions, versions: [v1]}");
        yield return ("/apis", $"{{kind: APIGroupList, apiVersion: v1, groups: [{string.Join(", ", groups)}]}}");
        foreach (var version in versions)
        {
            var resources = version.DistinctBy(manifest => manifest.Kind).Select(ResourceOf);
            yield return (
                $"/{Root(version.Key)}/{version.Key}",
                $"{{kind: APIResourceList, groupVersion: {version.Key}, "
                    + $"resources: [{string.Join(", ", resources)}]}}");
        }
    }

    private static string ResourceOf(Manifest manifest)
    {
        var target = Target.Of(manifest);
        var isNamespaced = target.IsCluster ? "false" : "true";
        return $"{{name: {target.Resource}, namespaced: {isNamespaced}, kind: {manifest.Kind}, "
            + "verbs: [get, create, patch, delete]}";
    }
}
