// The least that a .NET program can do for the job, published as the product is: it sends the requests that stand on
// its standard input, one after the other or with --at-once all together, and fails unless each is answered with 200.
// A line is METHOD URL CA-FILE TOKEN: nothing is looked up, no challenge followed, no body understood.

using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

const string Accept = "application/vnd.oci.image.index.v1+json, "
    + "application/vnd.docker.distribution.manifest.list.v2+json, "
    + "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

// What a client that is to be good to one host would open; unbounded, 500 handshakes take several times as long.
const int ConnectionsPerHost = 16;

using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(60));
var clients = new Dictionary<string, HttpClient>();
var requests = Read().ToList();
if (args is ["--at-once"])
    await Task.WhenAll(requests.Select(SendAsync));
else
    foreach (var request in requests)
        await SendAsync(request);
return 0;

IEnumerable<(HttpClient Client, HttpMethod Method, string Url, string Token)> Read()
{
    while (Console.In.ReadLine() is { } line)
        if (line.Split(' ') is [var method, var url, var authority, var token])
            yield return (For(authority), HttpMethod.Parse(method), url, token);
}

HttpClient For(string authority)
{
    if (!clients.TryGetValue(authority, out var client))
        clients[authority] = client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = ConnectionsPerHost,
            UseProxy = false,
            SslOptions = Trusting(authority),
        });
    return client;
}

static SslClientAuthenticationOptions Trusting(string file)
{
    var policy = new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
    };
    policy.CustomTrustStore.ImportFromPemFile(file);
    return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
}

async Task SendAsync((HttpClient Client, HttpMethod Method, string Url, string Token) request)
{
    using var message = new HttpRequestMessage(request.Method, request.Url);
    message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Token);
    if (request.Method == HttpMethod.Head)
        message.Headers.TryAddWithoutValidation("Accept", Accept);
    using var response = await request.Client.SendAsync(message, cancellation.Token);
    response.EnsureSuccessStatusCode();
}
