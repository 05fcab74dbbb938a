using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The values' labels and annotations reach every pod, and pods that end stay out of meshes.</summary>
public sealed class PodMetadataTests
{
    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    /// <summary>A sidecar that outlives the program keeps the Job running until its deadline.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public async Task No_pod_that_ends_gets_a_sidecar(string example) => Assert.All(
        Ending(await Chart.Client.RenderExampleAsync(example)),
        pod =>
        {
            Assert.Equal("false", Label(pod, "sidecar.istio.io/inject"));
            Assert.Equal("disabled", Label(pod, "kuma.io/sidecar-injection"));
            Assert.Equal("disabled", Annotation(pod, "linkerd.io/inject"));
            Assert.Equal("false", Annotation(pod, "consul.hashicorp.com/connect-inject"));
        });

    [Fact]
    public async Task A_pod_that_stays_is_left_to_the_mesh() => Assert.All(
        Staying(await Chart.Client.RenderAsync()), pod => Assert.Equal("", Label(pod, "sidecar.istio.io/inject")));

    [Fact]
    public async Task Labels_and_annotations_of_the_values_reach_every_pod()
    {
        var chart = await Chart.Client.RenderAsync("pods: {labels: {team: imaging}, annotations: {note: a}}");

        Assert.Equal(8, chart.Workloads.Count);
        Assert.All(
            chart.Workloads,
            pod => Assert.Equal(("imaging", "a"), (Label(pod, "team"), Annotation(pod, "note"))));
    }

    [Fact]
    public async Task Those_for_every_pod_bring_no_sidecar_into_a_job_but_those_for_jobs_do()
    {
        const string Wanted = "{labels: {sidecar.istio.io/inject: 'true'}";
        var every = await Chart.Client.RenderAsync($"pods: {Wanted}}}");
        var jobs = await Chart.Client.RenderAsync($"pods: {{jobs: {Wanted}}}}}");

        Assert.All(Ending(every), pod => Assert.Equal("false", Label(pod, "sidecar.istio.io/inject")));
        Assert.All(Staying(every), pod => Assert.Equal("true", Label(pod, "sidecar.istio.io/inject")));
        Assert.All(Ending(jobs), pod => Assert.Equal("true", Label(pod, "sidecar.istio.io/inject")));
        Assert.All(Staying(jobs), pod => Assert.Equal("", Label(pod, "sidecar.istio.io/inject")));
    }

    [Fact]
    public async Task The_charts_own_annotations_win()
    {
        var chart = await Chart.Client.RenderAsync(
            """
            pods:
              annotations: {checksum/config: a, helm.sh/hook: post-install}
              jobs: {annotations: {helm.sh/hook: post-install}}
            """);

        Assert.NotEqual("a", Annotation(chart.Deployment("mysql-client"), "checksum/config"));
        Assert.Equal("test", chart.Find("Pod", "acme-test-mysql").Annotations["helm.sh/hook"]);
    }

    /// <summary>A Service or a NetworkPolicy would take the pod for one of its own.</summary>
    [Theory]
    [InlineData("pods: {labels: {app: manager}}")]
    [InlineData("pods: {jobs: {labels: {app: mysql-client}}}")]
    [InlineData("pods: {jobs: {labels: {tracebloc.io/workload: training}}}")]
    public async Task A_label_that_selects_pods_is_refused(string values) =>
        Assert.Contains("selects pods in Services and policies", await Chart.Client.RefusalAsync(values));

    private static IEnumerable<Workload> Ending(Rendering chart) =>
        chart.Workloads.Where(workload => workload.Manifest.Kind is "CronJob" or "Job" or "Pod");

    private static IEnumerable<Workload> Staying(Rendering chart) => chart.Workloads.Except(Ending(chart),
        EqualityComparer<Workload>.Create((one, other) => one?.Id == other?.Id, one => one.Id.GetHashCode()));

    private static string Label(Workload pod, string name) => pod.PodMetadata["labels"][name].Text;

    private static string Annotation(Workload pod, string name) => pod.PodMetadata["annotations"][name].Text;
}
