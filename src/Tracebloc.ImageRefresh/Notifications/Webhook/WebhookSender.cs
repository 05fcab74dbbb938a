using System.Text.Json;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Notifications.Webhook;

/// <summary>Posts notifications to one address; messages contain its host only.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly JsonPoster _transport;
    private readonly Uri _address;
    private readonly WebhookFormat _format;

    private WebhookSender(JsonPoster transport, Uri address, WebhookFormat format) =>
        (_transport, _address, _format) = (transport, address, format);

    public string Host => _address.Host;

    /// <summary>True after the receiver did not answer the last delivery.</summary>
    public bool IsUnanswered { get; private set; }

    /// <summary>
    /// A sender, or null and the reason: the address or the authorities cannot be read from their file, or the
    /// environment's proxy is no address.
    /// </summary>
    public static WebhookSender? Open(WebhookOptions options, ProgramContext context, out string fault)
    {
        try
        {
            fault = "";
            if ((options.Url ?? WebhookFile.Read(options.UrlFile ?? "", out fault)) is not { } address)
                return null;
            var transport = JsonPoster.Open(
                new(address.Host, options.CaFile, Notifier.UserAgent, context.Variable), context.Time);
            return new WebhookSender(transport, address, options.Format);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or CertificateFileException or ProxyException)
        {
            fault = e.Message;
            return null;
        }
    }

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken token)
    {
        var json = _format == WebhookFormat.Slack
            ? JsonSerializer.SerializeToUtf8Bytes(SlackMessage.Of(notification), ReadableJson.Context.SlackMessage)
            : JsonSerializer.SerializeToUtf8Bytes(notification, ReadableJson.Context.Notification);
        try
        {
            var status = await _transport.PostAsync(_address, json, notification.Id, Deadlines.WebhookPost, token);
            IsUnanswered = false;
            return Delivery.OfStatus(status);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            IsUnanswered = true;
            return Delivery.Later(e.Message);
        }
    }

    public void Dispose() => _transport.Dispose();
}
