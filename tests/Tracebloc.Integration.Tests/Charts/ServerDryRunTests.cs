using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Charts.Tests.Ingestor;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Integration.Tests.Charts;

/// <summary>A real API server accepts the rendered charts: every field is known, valid and of the right type.</summary>
public sealed class ServerDryRunTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    private static readonly IReadOnlyList<Chart> Charts = [Chart.Client, IngestorChart.Chart];

    public static TheoryData<string, string> Examples =>
    [
        .. from chart in Charts
           from example in chart.Examples
           select (NameOf(chart), example),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_object_is_taken(string chart, string example)
    {
        RealParts.SkipWithout(RealParts.Cluster, RealParts.StrictKubectl);
        var objects = Installed(await RenderAsync(Charts.Single(one => NameOf(one) == chart), example));
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
        var chart = await RenderAsync(Chart.Client, "minimal-values.yaml");

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
            manifest.Annotations.GetValueOrDefault("helm.sh/hook") != "test" && manifest.Kind != "PrometheusRule"),
    ];

    /// <summary>As helm renders for this server: at its version, and with the kinds that it serves.</summary>
    private async Task<Rendering> RenderAsync(Chart chart, string example) => await chart.RenderAsync(new Release
    {
        ValuesFile = chart.PathOf($"ci/{example}"),
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

    private static string NameOf(Chart chart) => Path.GetFileName(chart.Folder);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<string> ApplyAsync(string manifests, string space) =>
        KubectlAsync(["apply", "--dry-run=server", "--validate=strict", "--filename=-"], manifests, space);

    private Task<string> KubectlAsync(IReadOnlyList<string> arguments, string input = "", string? space = null) =>
        new Kubectl(cluster.KubeConfig, space ?? cluster.Namespace) { Program = RealParts.Kubectl ?? "" }
            .RunAsync(arguments, Cancelled, input);
}
