using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Charts;

/// <summary>A real API server accepts the rendered chart: every field is known, valid and of the right type.</summary>
public sealed class ServerDryRunTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_object_is_taken(string example)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.StrictKubectl);
        var objects = Installed(await RenderAsync(example));
        await MakeNamespacesAsync(objects);

        // kubectl takes the objects of one namespace at a time.
        var taken = new List<string>();
        foreach (var those in objects.GroupBy(NamespaceOf))
            taken.AddRange(Lines(await ApplyAsync(
                string.Join("---\n", those.Select(manifest => manifest.Text)), those.Key)));

        Assert.Equal(objects.Count, taken.Count);
        Assert.All(taken, line => Assert.EndsWith("(server dry run)", line));
    }

    /// <summary>That the server would have told.</summary>
    [Theory]
    [InlineData("concurrencyPolicy:", "concurencyPolicy:")]
    [InlineData("concurrencyPolicy: Forbid", "concurrencyPolicy: Never")]
    [InlineData("kind: PodDisruptionBudget", "kind: PodDisruptionPlan")]
    public async Task A_seeded_mistake_is_refused(string text, string by)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.StrictKubectl);
        var chart = await RenderAsync("minimal-values.yaml");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ApplyAsync(chart.Text.Replace(text, by), cluster.Namespace));

        Assert.Contains(by.Split(' ')[^1].TrimEnd(':'), refusal.Message);
    }

    /// <summary>
    /// All but the hooks of <c>helm test</c>, since a server takes a pod only if its service account is there, even in
    /// a dry run (the end-to-end run has them run), and but the PrometheusRule, whose definition an operator brings.
    /// </summary>
    private static List<Manifest> Installed(Rendering chart) =>
    [
        .. chart.Manifests.Where(manifest =>
            !manifest.Annotations.ContainsKey("helm.sh/hook") && manifest.Kind != "PrometheusRule"),
    ];

    /// <summary>As helm renders for this server: at its version, and with the kinds that it serves.</summary>
    private async Task<Rendering> RenderAsync(string example) => await Chart.Client.RenderAsync(new Release
    {
        ValuesFile = Chart.Client.PathOf($"ci/{example}"),
        Namespace = cluster.Namespace,
        KubeVersion = await VersionAsync(),
    });

    /// <summary>Those that an operator has made, since a server takes no object without its namespace.</summary>
    private async Task MakeNamespacesAsync(IEnumerable<Manifest> objects)
    {
        var others = objects.Select(NamespaceOf).Distinct().Where(space => space != cluster.Namespace);
        foreach (var space in others)
            await KubectlAsync(
                ["apply", "--filename=-"], $"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {space}}}\n");
    }

    private async Task<string> VersionAsync()
    {
        var versions = Node.Parse(await KubectlAsync(["version", "--output=json"]));
        return versions.At("serverVersion.gitVersion").Text;
    }

    private string NamespaceOf(Manifest manifest) =>
        manifest.Namespace == "" ? cluster.Namespace : manifest.Namespace;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<string> ApplyAsync(string manifests, string space) =>
        KubectlAsync(["apply", "--dry-run=server", "--validate=strict", "--filename=-"], manifests, space);

    private Task<string> KubectlAsync(IReadOnlyList<string> arguments, string input = "", string? space = null) =>
        new Kubectl(cluster.KubeConfig, space ?? cluster.Namespace) { Program = RealParts.Kubectl ?? "" }
            .RunAsync(arguments, Cancelled, input);
}
