using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The proxies between jobs-manager and its servers.</summary>
/// <param name="Api">The address of the one before the API server.</param>
/// <param name="AuthorityPem">The authority of its certificate.</param>
/// <param name="DatabasePort">The port on 127.0.0.1 of the one before the database, which has no TLS.</param>
internal sealed record ServeRoute(Uri Api, string AuthorityPem, int DatabasePort)
{
    /// <summary>Has a kubeconfig lead to the proxy.</summary>
    public async Task WriteToAsync(string kubeConfig, CancellationToken token)
    {
        var config = JsonNode.Parse(await File.ReadAllTextAsync(kubeConfig, token))!;
        config["clusters"]![0]!["cluster"] = new JsonObject
        {
            ["server"] = Api.OriginalString.TrimEnd('/'),
            ["certificate-authority-data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(AuthorityPem)),
        };
        await File.WriteAllTextAsync(kubeConfig, config.ToJsonString(), token);
    }
}
