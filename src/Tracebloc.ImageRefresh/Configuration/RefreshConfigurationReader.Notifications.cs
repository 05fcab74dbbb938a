using Tracebloc.Configuration;
using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.ImageRefresh.Configuration;

internal sealed partial class RefreshConfigurationReader
{
    private NotificationOptions ReadNotifications() => new()
    {
        Events = _root.Boolean("events") ?? false,
        Metrics = _root.Section("metrics") is { } metrics ? ReadMetrics(metrics) : null,
        Webhook = _root.Section("webhook") is { } webhook ? ReadWebhook(webhook) : null,
    };

    private MetricsOptions ReadMetrics(ConfigurationReader section)
    {
        var options = new MetricsOptions
        {
            File = ReadMetricsFile(section),
            Otlp = ReadCollector(section),
            CaFile = _files.ReadCertificates(section),
        };
        if (section.Find("file") is null && section.Find("otlp") is null)
            _errors.Add(section.Mapping, "has no destination; write file, otlp or both");
        section.RefuseUnknownKeys();
        return options;
    }

    private static Uri? ReadCollector(ConfigurationReader section)
    {
        var address = ReadAddress(section, "otlp", "write it like http://collector:4318");
        if (address is { Query.Length: > 0 })
            section.Refuse("otlp", "takes no query, since /v1/metrics is appended; remove the query");
        return address;
    }

    private string? ReadMetricsFile(ConfigurationReader section)
    {
        if (_files.ReadPath(section, "file") is not { } written) return null;
        var path = UserPath.Absolute(written);
        if (!path.EndsWith(".prom", StringComparison.Ordinal))
            section.Refuse("file", $"{path} is not read by node exporter; use a name that ends in .prom");
        else if (!Directory.Exists(Path.GetDirectoryName(path)))
            section.Refuse("file", $"{path} lies in a folder that does not exist; make it or mount it");
        return path;
    }

    private WebhookOptions ReadWebhook(ConfigurationReader section)
    {
        var options = new WebhookOptions
        {
            Url = ReadWebhookAddress(section),
            UrlFile = ReadWebhookFile(section),
            Format = section.Choice("format", "a format", "json", "slack") is "slack"
                ? WebhookFormat.Slack
                : WebhookFormat.Json,
            CaFile = _files.ReadCertificates(section),
        };
        if (section.Find("url") is null == section.Find("urlFile") is null)
            _errors.Add(section.Mapping, "needs one address; write url or, where it is secret, urlFile");
        section.RefuseUnknownKeys();
        return options;
    }

    private static Uri? ReadWebhookAddress(ConfigurationReader section)
    {
        var address = ReadAddress(section, "url", "write https://host/path, or put it into a file and name urlFile");
        if (address is { Query.Length: > 0 } && PlainHttp.IsExposed(address))
            section.Refuse(
                "url", "has a query, which may be secret, and http:// would send it unencrypted; use https://");
        return address;
    }

    private string? ReadWebhookFile(ConfigurationReader section)
    {
        var path = _files.Read(section, "urlFile");
        if (path is not null && WebhookFile.FaultOf(path) is { } fault) section.Refuse("urlFile", fault);
        return path;
    }

    // Whatever it is, it may be secret: it is not repeated.
    private static Uri? ReadAddress(ConfigurationReader section, string key, string remedy)
    {
        if (section.Text(key) is not { } text) return null;
        if (HttpAddress.TryParse(text, out var address)) return address;
        section.Refuse(key, $"is no http or https address; {remedy}");
        return null;
    }
}
