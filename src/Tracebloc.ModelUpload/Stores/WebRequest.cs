using System.Globalization;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The message of a call.</summary>
internal static class WebRequest
{
    /// <param name="call">The call.</param>
    /// <param name="address">Its own address, or that of a redirect.</param>
    /// <exception cref="HeaderException">The token is not one that a header can carry.</exception>
    public static HttpRequestMessage Of(WebCall call, Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        HeaderText.Add(request.Headers, "User-Agent", "model-upload");
        // Lengths, ranges and hashes are over the bytes as they were sent.
        HeaderText.Add(request.Headers, "Accept-Encoding", "identity");
        if (call.From is { } from)
            HeaderText.Add(
                request.Headers, "Range", string.Create(CultureInfo.InvariantCulture, $"bytes={from}-{call.To}"));
        if (call.IfRange is { } pin)
            HeaderText.Add(request.Headers, "If-Range", pin);
        if (call.Token is { } token && WebRedirect.IsSameOrigin(call.Address, address))
            HeaderText.Add(request.Headers, "Authorization", $"Bearer {token.Reveal()}");
        return request;
    }
}
