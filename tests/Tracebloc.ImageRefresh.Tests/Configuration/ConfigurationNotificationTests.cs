using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

public sealed class ConfigurationNotificationTests : IDisposable
{
    private readonly ConfigurationFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Nobody_is_told_anything_by_default()
    {
        var notifications = _file.Read(ConfigurationFile.Minimal).Notifications;

        Assert.Equal((NotificationOptions.None, true), (notifications, notifications.AreNone));
    }

    [Fact]
    public void Each_receiver_is_read_as_it_is_written()
    {
        var url = _file.With("url", "https://hooks.example.com/secret");

        var notifications = _file.Read(
            $"""
            {ConfigurationFile.Minimal}events: true
            metrics:
              file: refresh.prom
              otlp: http://collector:4318
            webhook:
              urlFile: url
              format: slack
            """).Notifications;

        Assert.True(notifications.Events);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(url) ?? "", "refresh.prom"), notifications.Metrics?.File);
        Assert.Equal(new Uri("http://collector:4318"), notifications.Metrics?.Otlp);
        Assert.Equal(new WebhookOptions { UrlFile = url, Format = WebhookFormat.Slack }, notifications.Webhook);
        Assert.False(notifications.AreNone);
    }

    [Fact]
    public void The_parent_of_a_linked_folder_is_that_of_its_target()
    {
        var folder = Path.GetDirectoryName(_file.Path)!;
        Directory.CreateDirectory(Path.Combine(folder, "real", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "short"), "real/deep");
        var url = _file.With("real/url", "https://hooks.example.com/secret");
        File.Move(_file.With("here.yaml", ConfigurationFile.Minimal + """
            metrics: {file: refresh.prom}
            webhook: {urlFile: ../short/../url}
            """), Path.Combine(folder, "real", "refresh.yaml"));

        var notifications = RefreshConfigurationReader
            .Read(Path.Combine(folder, "short", "..", "refresh.yaml")).Notifications;

        Assert.Equal(Path.Combine(folder, "real", "refresh.prom"), notifications.Metrics?.File);
        Assert.Equal(url, notifications.Webhook?.UrlFile);
    }

    [Fact]
    public void The_registries_alone_are_read_beside_them() => Assert.True(
        _file.ReadRegistries(ConfigurationFile.Minimal + "events: true\nmetrics: {}\nwebhook: {}\n")
                .Notifications.AreNone);

    [Theory]
    [InlineData("events: yes please", "refresh.yaml:5: events: must be true or false without quotes")]
    [InlineData("metrics: {}", "refresh.yaml:5: metrics: has no destination; write file, otlp or both")]
    [InlineData("metrics: {file: refresh.txt}", "is not read by node exporter; use a name that ends in .prom")]
    [InlineData("metrics: {file: gone/refresh.prom}", "lies in a folder that does not exist; make it or mount it")]
    [InlineData("metrics: {otlp: collector}", "is no http or https address; write it like http://collector:4318")]
    [InlineData("metrics: {otlp: 'http://a/?b=c'}", "takes no query")]
    [InlineData("metrics: {file: \"a\\0.prom\"}", "metrics.file: holds a NUL (\\0), which no path can")]
    [InlineData("metrics: {otel: a}", "metrics.otel: is not a known key")]
    [InlineData("webhook: {}", "webhook: needs one address; write url or, where it is secret, urlFile")]
    [InlineData("webhook: {url: 'http://hooks.example.com/?token=sesame'}",
        "webhook.url: has a query, which may be secret, and http:// would send it unencrypted; use https://")]
    [InlineData("webhook: {url: 'http://me:sesame@hooks.example.com/'}", "webhook.url: is no http or https address")]
    [InlineData("webhook: {urlFile: plain}",
        "plain holds an address with http://, which would send the secret unencrypted; use https://")]
    [InlineData("webhook: {urlFile: gone}", "gone does not exist")]
    [InlineData("webhook: {url: 'https://a/', caFile: broken.crt}", "webhook.caFile: broken.crt holds an incomplete")]
    [InlineData("metrics: {otlp: 'http://a/', caFile: broken.crt}", "metrics.caFile: broken.crt holds an incomplete")]
    [InlineData("webhook: {url: 'https://a/', format: xml}", "\"xml\" is not a format; use json or slack")]
    public void What_is_wrong_is_said_with_its_place(string text, string error)
    {
        _file.With("plain", "http://hooks.example.com/sesame\n");
        _file.With("broken.crt", "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n");
        var errors = _file.ErrorsOf(ConfigurationFile.Minimal + text).ToList();
        Assert.Contains(errors, found => found.Contains(error, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, found => found.Contains("sesame", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://hooks.example.com/sesame?token=sesame")]
    [InlineData("http://127.0.0.1:8080/sesame")]
    [InlineData("http://localhost/sesame")]
    public void A_secret_address_that_others_cannot_read_is_accepted(string address)
    {
        var file = _file.With("url", address);
        var read = _file.Read(ConfigurationFile.Minimal + "webhook: {urlFile: url}");
        Assert.Equal(file, read.Notifications.Webhook?.UrlFile);
        Assert.Equal(
            new Uri(address),
            _file.Read($"{ConfigurationFile.Minimal}webhook: {{url: '{address}'}}").Notifications.Webhook?.Url);
    }

    [Fact]
    public void An_address_that_is_no_secret_may_be_plain_http()
    {
        var read = _file.Read(ConfigurationFile.Minimal + "webhook: {url: 'http://receiver.monitoring/hook'}");
        Assert.Equal(new Uri("http://receiver.monitoring/hook"), read.Notifications.Webhook?.Url);
    }

    [Fact]
    public void A_wrong_address_is_not_repeated() => Assert.DoesNotContain(
        _file.ErrorsOf(ConfigurationFile.Minimal + "webhook: {url: 'htps://hooks/sesame'}"),
        error => error.Contains("sesame", StringComparison.Ordinal));
}
