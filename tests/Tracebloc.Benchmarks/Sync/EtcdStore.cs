using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>The cluster's etcd by its own API over HTTP: objects are put, and removed, many at a time.</summary>
/// <seealso href="https://etcd.io/docs/v3.5/dev-guide/api_grpc_gateway/"/>
internal sealed class EtcdStore(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    /// <summary>Puts values, at most 128 of them.</summary>
    public Task PutAsync(IEnumerable<(string Key, string Value)> entries, CancellationToken token) => SendAsync(
        "v3/kv/txn",
        new JsonObject
        {
            ["success"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
            {
                ["requestPut"] = new JsonObject { ["key"] = Text(entry.Key), ["value"] = Text(entry.Value) },
            })]),
        },
        token);

    /// <summary>Removes all keys with a prefix that ends in a slash.</summary>
    public Task RemoveAsync(string prefix, CancellationToken token) => SendAsync(
        "v3/kv/deleterange",
        new JsonObject { ["key"] = Text(prefix), ["range_end"] = Text($"{prefix[..^1]}0") },
        token);

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(string path, JsonObject body, CancellationToken token)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(path, content, token);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"etcd: {await answer.Content.ReadAsStringAsync(token)}");
    }

    private static string Text(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
