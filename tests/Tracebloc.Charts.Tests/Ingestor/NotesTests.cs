using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The notes after an installation.</summary>
public sealed class NotesTests
{
    private static readonly Chart Chart = IngestorChart.Chart;

    [Fact]
    public async Task First_what_was_submitted_and_where() => Assert.StartsWith(
        $"ingestor {Chart.Version} has submitted the data set of table houses_train as release acme in namespace "
        + "tracebloc, through http://jobs-manager.tracebloc.svc:8080.",
        await NotesAsync());

    [Fact]
    public async Task After_a_wait_the_data_set_is_loaded() => Assert.StartsWith(
        $"ingestor {Chart.Version} has loaded the data set", await NotesAsync("submit: {wait: {enabled: true}}"));

    [Fact]
    public async Task A_data_set_that_came_as_text_has_no_table_here() => Assert.StartsWith(
        $"ingestor {Chart.Version} has submitted a data set as release acme",
        await Chart.NotesAsync(IngestorChart.Bare("ingestConfig: 'table: houses_train'")));

    [Fact]
    public async Task Then_how_to_follow_and_cancel_it()
    {
        var notes = await NotesAsync();

        Assert.Contains("\n  kubectl logs --namespace tracebloc job/acme-submit\n", notes);
        Assert.Contains("    --selector tracebloc.io/ingestion-run\n", notes);
        Assert.Contains("--follow --selector tracebloc.io/ingestion-run=KEY\n", notes);
        Assert.Contains("create token ingestor --namespace tracebloc --audience jobs-manager)\n", notes);
        Assert.Contains("--request DELETE ", notes);
        Assert.Contains("http://localhost:8080/internal/ingestion-runs/KEY\n", notes);
    }

    [Fact]
    public async Task A_key_of_its_own_is_named()
    {
        var notes = await NotesAsync("submit: {key: houses-1}");

        Assert.Contains("--selector tracebloc.io/ingestion-run=houses-1\n", notes);
        Assert.Contains("/internal/ingestion-runs/houses-1\n", notes);
        Assert.DoesNotContain("KEY", notes);
    }

    /// <summary>As jobs-manager labels a run: its tests have the same keys with the same labels.</summary>
    [Theory]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", "676491965ed3")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123",
        "123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("-run", "2539c028310d")]
    [InlineData("run.", "7d1acaa40053")]
    [InlineData("a", "a")]
    [InlineData("a_1", "a_1")]
    public async Task A_run_is_selected_by_the_label_of_its_key_and_named_by_the_key(string key, string label)
    {
        var notes = await NotesAsync($"submit: {{key: '{key}'}}");

        Assert.Contains($"    --selector tracebloc.io/ingestion-run={label}\n", notes);
        Assert.Contains($"--follow --selector tracebloc.io/ingestion-run={label}\n", notes);
        Assert.Contains($"/internal/ingestion-runs/{key}\n", notes);
    }

    /// <summary>Runs are where jobs-manager is.</summary>
    [Theory]
    [InlineData("http://jobs-manager.clinic.svc:8080", "clinic")]
    [InlineData("http://jobs-manager.clinic.svc.cluster.local:8080", "clinic")]
    [InlineData("https://jobs-manager.clinic.svc", "clinic")]
    [InlineData("http://jobs-manager:8080", "tracebloc")]
    [InlineData("http://ingestion.example.com", "tracebloc")]
    public async Task The_runs_are_in_the_namespace_of_jobs_manager(string url, string @namespace)
    {
        var notes = await NotesAsync($"submit: {{jobsManager: {{url: '{url}'}}}}");

        Assert.Contains($"kubectl get jobs --namespace {@namespace} ", notes);
        Assert.Contains("kubectl logs --namespace tracebloc job/acme-submit", notes);
    }

    [Theory]
    [InlineData(
        "", "- submit.image.digest is empty: the hook runs the image that its tag refers to, ghcr.io/tracebloc/")]
    [InlineData("submit: {key: a}", "- submit.key is set: an upgrade with another data set is rejected")]
    [InlineData(
        "submit: {timeout: 2m}",
        "- The hook may take 330s: give helm more, as --timeout 360s, or it reports its own timeout instead of")]
    [InlineData("submit: {wait: {enabled: true}}", "- The hook may take 3960s: give helm more, as --timeout 3990s,")]
    public async Task Then_warnings(string values, string warning) =>
        Assert.Contains(warning, await NotesAsync(values));

    [Fact]
    public async Task A_released_chart_warns_of_nothing() => Assert.DoesNotContain(
        "Warnings",
        await Chart.NotesAsync(new Release { ValuesFile = Chart.PathOf("ci/pinned-values.yaml") }));

    private static Task<string> NotesAsync(string values = "") => Chart.NotesAsync(IngestorChart.Release(values));
}
