using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Tracebloc.Testing;

namespace Tracebloc.Benchmarks;

/// <summary>
/// Stands in front of the API server and counts what it is asked, which the server's own metrics cannot tell apart from
/// what its other clients ask. Takes part in the run that is counted, not in those that are measured.
/// </summary>
internal sealed class CountingApi : IAsyncDisposable
{
    private readonly TestCertificates certificates = TestCertificates.Create();
    private readonly WebApplication app;
    private readonly HttpMessageInvoker server;
    private int reads;
    private int writes;

    private CountingApi(Cluster cluster)
    {
        server = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = Trusting(cluster.CaPem) },
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, port => port.UseHttps(certificates.IssueServer())));
        app = builder.Build();
        app.Run(context => ForwardAsync(context, cluster.Server));
    }

    public Uri Address => new(app.Urls.Single());

    public string CaPem => certificates.AuthorityPem;

    public int Reads => reads;

    public int Writes => writes;

    public static async Task<CountingApi> StartAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var api = new CountingApi(cluster);
        await api.app.StartAsync(cancellationToken);
        return api;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        server.Dispose();
        certificates.Dispose();
    }

    private static X509ChainPolicy Trusting(string pem)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPem(pem);
        return policy;
    }

    private async Task ForwardAsync(HttpContext context, Uri target)
    {
        var asked = context.Request;
        Interlocked.Increment(ref HttpMethods.IsGet(asked.Method) ? ref reads : ref writes);
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(asked.Method), new Uri(target, asked.GetEncodedPathAndQuery()));
        if (!HttpMethods.IsGet(asked.Method))
            request.Content = new StreamContent(asked.Body);
        foreach (var (name, values) in asked.Headers)
            if (name is not ("Host" or "Connection")
                && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using var answer = await server.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
