using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Benchmarks;

/// <summary>How to reach the API server, for those who read no kubeconfig.</summary>
internal sealed record Cluster(Uri Server, string CaPem, string Token)
{
    public X509Certificate2Collection Authorities
    {
        get
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(CaPem);
            return authorities;
        }
    }

    /// <summary>By what the test cluster's kubeconfig holds: an authority inside it, and a token.</summary>
    public static async Task<Cluster> ReadAsync(Kubectl kubectl, CancellationToken cancellationToken)
    {
        var config = JsonNode.Parse(await kubectl.RunAsync(
            ["config", "view", "--raw", "--minify", "--flatten", "--output=json"], cancellationToken));
        var (cluster, user) = (config?["clusters"]?[0]?["cluster"], config?["users"]?[0]?["user"]);
        return new Cluster(
            new Uri(Text(cluster?["server"])),
            Encoding.UTF8.GetString(Convert.FromBase64String(Text(cluster?["certificate-authority-data"]))),
            Text(user?["token"]));
    }

    public string ToKubeConfig() => $$"""
        apiVersion: v1
        kind: Config
        current-context: benchmark
        clusters:
        - name: benchmark
          cluster:
            server: {{Server}}
            certificate-authority-data: {{Convert.ToBase64String(Encoding.UTF8.GetBytes(CaPem))}}
        users:
        - name: benchmark
          user: {token: "{{Token}}"}
        contexts:
        - name: benchmark
          context: {cluster: benchmark, user: benchmark}

        """;

    /// <summary>A bare client with the rights of the kubeconfig.</summary>
    /// <param name="name">
    /// Its name for the server, which crashes when it formats JSON for people, as it does for the names of some
    /// clients.
    /// </param>
    public HttpClient ToClient(string name)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(Authorities);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = policy;
        var client = new HttpClient(handler) { BaseAddress = new Uri($"{Server}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(name);
        return client;
    }

    private static string Text(JsonNode? node) =>
        (string?)node ?? throw new FormatException("The cluster's kubeconfig lacks its server, authority or token.");
}
