using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Telemetry;

namespace Tracebloc.Charts.Tests.Monitoring;

/// <summary>Alerts and dashboard of image refresh: off by default, and about metrics that a tick measures.</summary>
public sealed class MonitoringTests
{
    private const string Rule = "prometheusRule: {enabled: true}", Board = "dashboard: {enabled: true}";

    private static readonly string Docs = Path.Combine(Chart.Client.Folder, "../../docs");

    [Theory]
    [InlineData("", false, false)]
    [InlineData(Rule, true, false)]
    [InlineData(Board, false, true)]
    [InlineData($"{Rule}, {Board}", true, true)]
    [InlineData("prometheusRule: {enabled: false}, dashboard: {enabled: false, labels: {a: b}}", false, false)]
    public async Task Each_has_a_switch_of_its_own_and_is_off_by_default(string options, bool rule, bool dashboard)
    {
        var chart = await RenderAsync(options);

        Assert.Equal(rule, chart.Has("PrometheusRule", "acme-image-refresh"));
        Assert.Equal(dashboard, chart.Has("ConfigMap", "acme-image-refresh-dashboard"));
    }

    [Fact]
    public async Task Neither_is_there_without_image_refresh()
    {
        var chart = await Chart.Client.RenderAsync(Values($"{Rule}, {Board}", "enabled: false, "));

        Assert.DoesNotContain(chart.Manifests, manifest => manifest.Kind == "PrometheusRule");
        Assert.False(chart.Has("ConfigMap", "acme-image-refresh-dashboard"));
    }

    /// <summary>The series of a CronJob's ticks exist only where they are pushed.</summary>
    [Theory]
    [InlineData(Rule)]
    [InlineData(Board)]
    public async Task Neither_is_accepted_without_a_collector(string options) => Assert.Contains(
        "missing property 'otlp'",
        await Chart.Client.RefusalAsync($"imageRefresh: {{notices: {{metrics: {{{options}}}}}}}"));

    [Fact]
    public async Task Every_expression_is_about_metrics_that_a_tick_measures_and_their_labels()
    {
        var measured = await MeasuredAsync();
        var expressions = await ExpressionsAsync();

        Assert.NotEmpty(expressions);
        Assert.All(expressions, expression =>
        {
            Assert.NotEmpty(PromQl.MetricsOf(expression));
            Assert.Empty(Violations(expression, measured));
        });
    }

    [Theory]
    [InlineData("max (tracebloc_image_refresh_last_tock_timestamp_seconds[1h])")]
    [InlineData("max by (picture) (tracebloc_image_refresh_digest_age_seconds[1h])")]
    [InlineData("tracebloc_image_refresh_images{verdict=\"held\"}[1h]")]
    public async Task A_seeded_expression_about_anything_else_is_found(string expression) =>
        Assert.NotEmpty(Violations(expression, await MeasuredAsync()));

    /// <summary>A gauge that is pushed once per tick is stale long before the next one.</summary>
    [Fact]
    public async Task Every_expression_looks_back() =>
        Assert.All(await ExpressionsAsync(), expression => Assert.Contains("_over_time(", expression));

    [Fact]
    public async Task An_alert_waits_as_long_as_the_values_say()
    {
        var rules = await RulesAsync(
            """
            prometheusRule: {enabled: true, tickAge: 2h, digestAge: 72h, matchers: 'k8s_namespace_name="edge"'}
            """);

        Assert.Contains("> 7200", rules["ImageRefreshTickOverdue"]["expr"].Text);
        Assert.Equal("259200s", rules["ImageRefreshDigestWaiting"]["for"].Text);
        Assert.All(rules.Values, rule => Assert.Contains("{k8s_namespace_name=\"edge\"", rule["expr"].Text));
    }

    [Fact]
    public async Task Suspended_ticks_are_not_overdue() => Assert.DoesNotContain(
        "ImageRefreshTickOverdue", (await Chart.Client.RenderAsync(Values(Rule, "suspend: true, "))).Text);

    [Fact]
    public async Task Prometheus_and_Grafana_find_their_objects_by_labels_of_the_values()
    {
        var chart = await RenderAsync($"prometheusRule: {{enabled: true, labels: {{release: prom}}}}, {Board}");

        Assert.Equal("prom", chart.Find("PrometheusRule", "acme-image-refresh").Labels["release"]);
        Assert.Equal("1", chart.Find("ConfigMap", "acme-image-refresh-dashboard").Labels["grafana_dashboard"]);
    }

    [Fact]
    public async Task The_documentation_names_each_alert_and_panel()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Docs, "monitoring.md"), TestContext.Current.CancellationToken);

        Assert.All((await RulesAsync(Rule)).Keys, alert => Assert.Contains(alert, page));
        Assert.All(await PanelsAsync(), panel => Assert.Contains(panel.Title, page));
    }

    [Fact]
    public async Task The_picture_in_the_documentation_is_drawn_from_a_run() => Approval.Verify(
        Path.Combine(Docs, "dashboard.svg"),
        new Picture(await MonitoredRun.PlayAsync()).Draw(await PanelsAsync()));

    private static IEnumerable<string> Violations(string expression, Dictionary<string, HashSet<string>> measured)
    {
        var metrics = PromQl.MetricsOf(expression);
        var labels = metrics.SelectMany(metric => measured.GetValueOrDefault(metric) ?? []);
        return metrics.Except(measured.Keys).Concat(PromQl.LabelsOf(expression).Except(labels));
    }

    /// <summary>The metrics of a run by their names, with their labels.</summary>
    private static async Task<Dictionary<string, HashSet<string>>> MeasuredAsync() =>
        (await MonitoredRun.PlayAsync()).SelectMany(tick => tick).GroupBy(metric => metric.Name).ToDictionary(
            group => group.Key,
            group => group.SelectMany(metric => metric.Samples).SelectMany(LabelsOf).ToHashSet());

    private static IEnumerable<string> LabelsOf(Sample sample) => sample.Labels.Select(label => label.Name);

    private static async Task<IReadOnlyList<string>> ExpressionsAsync() =>
    [
        .. (await RulesAsync(Rule)).Values.Select(rule => rule["expr"].Text),
        .. (await PanelsAsync()).Select(panel => panel.Expression),
    ];

    private static async Task<Dictionary<string, Node>> RulesAsync(string options) =>
        (await RenderAsync(options)).Find("PrometheusRule", "acme-image-refresh").At("spec.groups").Items
            .SelectMany(group => group["rules"].Items)
            .ToDictionary(rule => rule["alert"].Text);

    private static async Task<IReadOnlyList<Panel>> PanelsAsync() =>
        Panel.ReadAll((await RenderAsync(Board)).Find("ConfigMap", "acme-image-refresh-dashboard"));

    private static Task<Rendering> RenderAsync(string options) => Chart.Client.RenderAsync(Values(options));

    private static string Values(string options, string beside = "") =>
        $"imageRefresh: {{{beside}notices: {{metrics: {{otlp: 'http://otel:4318', {options.Trim()}}}}}}}";
}
