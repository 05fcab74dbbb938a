using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notices;

/// <summary>Posts JSON to whoever is told by HTTP: by the environment's proxy, and following no redirect.</summary>
internal sealed class NoticeTransport : IDisposable
{
    // RFC 5280, 4.2.1.12: id-kp-serverAuth
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string UserAgent = "tracebloc-image-refresh";

    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _time;

    private NoticeTransport(HttpMessageInvoker invoker, TimeProvider time) => (_invoker, _time) = (invoker, time);

    /// <param name="caFile">Authorities to trust beside the system's; null: none.</param>
    /// <param name="context">The clock, and where proxies are named.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificate.</exception>
    public static NoticeTransport Open(string? caFile, ProgramContext context)
    {
        var proxy = ProxySettings.FromEnvironment(context.Variable);
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false, // Where a secret address leads on to is not where it was meant to go.
            Proxy = proxy,
            UseProxy = proxy is not null,
            UseCookies = false,
            MaxResponseDrainSize = 0,
        };
        if (caFile is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = BesideTheSystems(caFile);
        return new NoticeTransport(new HttpMessageInvoker(handler), context.Time);
    }

    /// <returns>The answer's status; its body may repeat what is secret, and is not read.</returns>
    /// <exception cref="HttpRequestException">There was none.</exception>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public async Task<int> PostAsync(
        Uri address, ReadOnlyMemory<byte> json, string? id, TimeSpan limit, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (id is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
        try
        {
            using var response = await _invoker.SendAsync(request, either.Token);
            return (int)response.StatusCode;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {limit.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _invoker.Dispose();

    private static RemoteCertificateValidationCallback BesideTheSystems(string caFile)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(caFile);
        return (_, certificate, chain, errors) => errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors
                && certificate is X509Certificate2 leaf
                && Vouch(authorities, leaf, chain?.ChainPolicy.ExtraStore ?? []));
    }

    private static bool Vouch(
        X509Certificate2Collection authorities, X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(leaf);
    }
}
