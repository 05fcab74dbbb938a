using System.Net.Http.Headers;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>The connections to one registry, its account, and the certificates that it may show.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private readonly HttpExchange _exchange;
    private readonly ServerTrust _trust;
    private readonly Uri _address;
    private readonly Secret? _token;
    private readonly string _userAgent;

    private RegistryConnection(
        HttpExchange exchange, ServerTrust trust, ModelRegistrySettings settings, string agent) =>
        (_exchange, _trust, _address, _token, _userAgent) = (exchange, trust, settings.Address, settings.Token, agent);

    /// <summary>Scheme, host and port, for messages.</summary>
    public string Server => _address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <exception cref="UploadException">The file of authorities or the token cannot be used.</exception>
    public static RegistryConnection Open(
        ModelRegistrySettings settings, ProxySettings? proxy, string userAgent, TimeProvider time)
    {
        if (settings.Token is { } token && !HeaderText.IsToken(token.Reveal()))
            throw new UploadException(
                UploadExit.Usage, $"The Model Registry's token cannot be sent: {HeaderText.NoToken}");
        var trust = TrustOf(settings);
        var handler = OutgoingHttp.Handler(trust, proxy);
        return new RegistryConnection(HttpExchange.Over(handler, settings.Address, time), trust, settings, userAgent);
    }

    /// <summary>Sends the call once.</summary>
    public async Task<HttpAnswer> SendAsync(RegistryCall call, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, _exchange.AddressOf(call.Path));
        HeaderText.Add(request.Headers, "User-Agent", _userAgent);
        if (_token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token.Reveal());
        if (!call.Body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        var answer = await _exchange.SendAsync(request, limit, cancellationToken);
        if (answer.IsAbsent && _trust.TakeRefusal(_address.IdnHost) is { } refusal)
            answer = answer with { Text = refusal, IsDistrusted = true };
        return answer.Status is 200 or 201 ? answer : answer with { Text = Masked(answer.Text) };
    }

    public void Dispose() => _exchange.Dispose();

    // A server may repeat the header that it refuses.
    private string Masked(string text) =>
        _token?.Reveal() is { Length: > 0 } token ? text.Replace(token, $"{_token}", StringComparison.Ordinal) : text;

    private static ServerTrust TrustOf(ModelRegistrySettings settings)
    {
        try
        {
            return settings.IsSecure
                ? ServerTrust.Of(settings.CustomCa, settings.Address.Host, setting: "--registry-custom-ca")
                : ServerTrust.Anyone();
        }
        catch (CertificateFileException unusable)
        {
            throw new UploadException(UploadExit.Usage, $"Model Registry: {unusable.Message}", unusable);
        }
    }
}
