using System.Net;
using System.Net.Http.Headers;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// Reads from web servers: one attempt a call, redirects followed, bodies as they were sent. Safe for concurrent use.
/// </summary>
internal sealed class WebStore : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust _trust;
    private readonly WebDeadlines _deadlines;

    private WebStore(SocketsHttpHandler handler, ServerTrust trust, WebDeadlines deadlines, TimeProvider time)
    {
        (_handler, _trust, _deadlines, Time) = (handler, trust, deadlines, time);
        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>The clock of the deadlines.</summary>
    public TimeProvider Time { get; }

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="settings">The address and the file of authorities.</param>
    /// <param name="proxy">From <see cref="ProxySettings.FromEnvironment"/>.</param>
    /// <param name="deadlines">The deadlines of each call.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UploadException">The file of authorities cannot be used.</exception>
    public static WebStore Open(
        UriSettings settings, ProxySettings? proxy, WebDeadlines deadlines, TimeProvider time)
    {
        try
        {
            var trust = ServerTrust.Of(settings.CustomCa, "source", setting: "--source-custom-ca");
            var handler = OutgoingHttp.Handler(trust, proxy);
            handler.AutomaticDecompression = DecompressionMethods.None;
            handler.ConnectTimeout = deadlines.Connect;
            return new WebStore(handler, trust, deadlines, time);
        }
        catch (CertificateFileException unusable)
        {
            throw new UploadException(UploadExit.Usage, unusable.Message, unusable);
        }
    }

    /// <summary>Sends a call and follows its redirects.</summary>
    /// <returns>The answer of whatever status, its body unread.</returns>
    /// <exception cref="UploadException">There is no answer, or a redirect that must not be followed.</exception>
    public async Task<WebAnswer> SendAsync(WebCall call, CancellationToken cancellationToken)
    {
        var (address, hops) = (call.Address, new List<HttpResponseHeaders>());
        while (true)
        {
            RequireTls(call, address);
            var response = await AttemptAsync(call, address, cancellationToken);
            if (!WebRedirect.Is(response))
                return new WebAnswer(call, response, hops, new WebBodyRules(_deadlines.Stall, Time));
            using (response)
                address = WebRedirect.TargetOf(response, call, address, hops.Count);
            hops.Add(response.Headers);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private void RequireTls(WebCall call, Uri address)
    {
        if (call.Token is not null && WebRedirect.IsSameOrigin(call.Address, address)
            && PlainHttp.IsExposed(address, _handler.Proxy))
            throw UploadException.OfSource(
                $"{call.Name} is not read: its token would go to {address.Authority} in plain http; use https");
    }

    private async Task<HttpResponseMessage> AttemptAsync(WebCall call, Uri address, CancellationToken cancelled)
    {
        using var deadline = new Deadline(_deadlines.FirstByte, Time, cancelled);
        try
        {
            using var request = WebRequest.Of(call, address);
            return await _invoker.SendAsync(request, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw UploadException.OfSource(
                $"{call.Name} cannot be read: {address.Authority} did not answer within "
                    + $"{_deadlines.FirstByte.TotalSeconds:0.#} s",
                isTransient: true);
        }
        catch (HttpRequestException fault)
        {
            throw WebFault.Of(call, address, fault, _trust.TakeRefusal(address.IdnHost));
        }
    }
}
