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

    /// <exception cref="FormatException">The address or the authorities cannot be read from their file.</exception>
    public static WebhookSender Open(WebhookOptions options, ProgramContext context)
    {
        try
        {
            var address = options.Url ?? WebhookFile.Read(options.UrlFile ?? "");
            var transport = JsonPoster.Open(
                new(address.Host, options.CaFile, Notifier.UserAgent, context.Variable), context.Time);
            return new WebhookSender(transport, address, options.Format);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CertificateFileException)
        {
            throw new FormatException(e.Message, e);
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
        catch (HeaderException e)
        {
            return new(DeliveryVerdict.Refused, e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            IsUnanswered = true;
            return Delivery.Later(e.Message);
        }
    }

    public void Dispose() => _transport.Dispose();
}
