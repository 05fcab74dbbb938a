using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Testing;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>charts/ingestor, and the releases that tests make of it.</summary>
internal static class IngestorChart
{
    /// <summary>The name of each of its objects, for a release named acme.</summary>
    public const string Name = "acme-submit";

    private static readonly IngestExample Houses = new("tabular_regression");

    public static Chart Chart { get; } = new("charts/ingestor");

    /// <summary>As of <c>helm install acme ingestor -f ingest.yaml</c>, with these values (YAML) beside.</summary>
    public static Release Release(string values = "") => Release(Houses) with { Values = values };

    /// <summary>The same for another data set.</summary>
    public static Release Release(IngestExample example) => new() { ValuesFile = example.Specification };

    /// <summary>Installed without a file of values.</summary>
    public static Release Bare(string values) => new() { ValuesFile = Chart.PathOf("values.yaml"), Values = values };

    public static Task<Rendering> RenderAsync(string values = "") => Chart.RenderAsync(Release(values));

    public static async Task<Workload> HookAsync(string values = "") => HookIn(await RenderAsync(values));

    public static Workload HookIn(Rendering chart) => new(chart.Find("Job", Name));

    /// <summary>The document that arrives at jobs-manager.</summary>
    public static string DocumentIn(Rendering chart) =>
        Assert.Single(chart.Find("ConfigMap", Name)["data"].Entries).Value.Text;
}
