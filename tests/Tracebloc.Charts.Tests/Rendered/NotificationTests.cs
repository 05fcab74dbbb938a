using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class NotificationTests
{
    private const string Name = "acme-image-refresh";

    [Fact]
    public async Task Nobody_is_told_anything_by_default() =>
        Assert.True(WorkerConfiguration.ReadFrom(await Chart.Client.RenderAsync()).Notifications.AreNone);

    [Fact]
    public async Task Events_are_written_with_the_rights_to_do_so_and_no_others()
    {
        var chart = await Chart.Client.RenderAsync("imageRefresh: {notices: {events: true}}");

        Assert.True(WorkerConfiguration.ReadFrom(chart).Notifications.Events);
        var rule = Assert.Single(chart.RoleOf("Role", Name).Rules, rule => rule.Resources.Contains("events"));
        Assert.Equal("events.k8s.io events create patch", $"{rule}");
        Assert.Single((await Chart.Client.RenderAsync()).RoleOf("Role", Name).Rules);
    }

    /// <summary>Jobs-manager writes Events always.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Auto_upgrade_may_grant_what_events_need(string events)
    {
        var chart = await Chart.Client.RenderAsync($"imageRefresh: {{notices: {{events: {events}}}}}");

        Assert.True(chart.RoleOf("Role", "acme-auto-upgrade").Allows("patch", "events.k8s.io", "events"));
    }

    [Fact]
    public async Task Metrics_go_to_the_collector_that_is_named()
    {
        var chart = await Chart.Client.RenderAsync(
            "imageRefresh: {notices: {metrics: {otlp: 'http://otel.monitoring:4318'}}}");

        Assert.Equal(
            new Uri("http://otel.monitoring:4318"), WorkerConfiguration.ReadFrom(chart).Notifications.Metrics?.Otlp);
    }

    [Fact]
    public async Task The_webhooks_address_comes_from_the_secret_and_stands_nowhere_else()
    {
        var chart = await Chart.Client.RenderAsync(
            "imageRefresh: {notices: {webhook: {existingSecret: my-hook, key: address, format: slack}}}");

        Assert.Equal(WebhookFormat.Slack, WorkerConfiguration.ReadFrom(chart).Notifications.Webhook?.Format);
        var secret = chart.CronJob(Name).Pod["volumes"].Items
            .Single(volume => volume["name"].Text == "webhook")["secret"];
        Assert.Equal(
            ("my-hook", "address", "url"),
            (secret["secretName"].Text, secret["items"].Items[0]["key"].Text, secret["items"].Items[0]["path"].Text));
        var folders = chart.CronJob(Name).Container("refresh").Mounts.Select(mount => mount["mountPath"].Text);
        Assert.Contains("/var/run/secrets/webhook", folders);
        Assert.Contains("/var/run/secrets/webhook/url", WorkerConfiguration.FilesIn(chart));
    }

    [Fact]
    public async Task Authorities_of_ones_own_are_trusted_by_whom_it_tells_too()
    {
        var chart = await Chart.Client.RenderAsync(
            """
            caBundle: my-ca
            imageRefresh:
              notices:
                metrics: {otlp: https://otel.example.com}
                webhook: {existingSecret: my-hook}
            """);

        var notifications = WorkerConfiguration.ReadFrom(chart).Notifications;

        Assert.NotNull(notifications.Metrics?.CaFile);
        Assert.NotNull(notifications.Webhook?.CaFile);
    }
}
