using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>A bare client of the API server, for objects of one kind in one namespace.</summary>
internal sealed class ApiClient(HttpClient api, Kind kind, string ns)
{
    private const int PageSize = 500;

    private string Collection => $"apis/{kind.GroupVersion}/namespaces/{ns}/{kind.Plural}";

    /// <summary>Reads all objects of the kind, page by page.</summary>
    /// <param name="take">Takes each page.</param>
    /// <param name="token">Ends the reading.</param>
    public async Task ListAsync(Action<byte[]> take, CancellationToken token)
    {
        for (string? place = ""; place is not null;)
        {
            var page = await api.GetByteArrayAsync(
                $"apis/{kind.GroupVersion}/{kind.Plural}?limit={PageSize}&continue={place}", token);
            place = ContinueOf(page);
            take(page);
        }
    }

    /// <summary>A list of the objects with a label, as bytes.</summary>
    public Task<byte[]> ListAsync(string selector, int limit, CancellationToken token) => api.GetByteArrayAsync(
        $"{Collection}?labelSelector={Uri.EscapeDataString(selector)}&limit={limit}", token);

    /// <summary>Changes an object by a merge patch.</summary>
    /// <returns>The object; null where there is none.</returns>
    public Task<JsonNode?> PatchAsync(string name, JsonObject patch, CancellationToken token) =>
        SendAsync(HttpMethod.Patch, $"{Collection}/{name}", patch, "application/merge-patch+json", token);

    public Task<JsonNode?> CreateAsync(JsonObject made, CancellationToken token) =>
        SendAsync(HttpMethod.Post, Collection, made, "application/json", token);

    public Task<JsonNode?> DeleteAsync(string name, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"{Collection}/{name}", [], "application/json", token);

    private async Task<JsonNode?> SendAsync(
        HttpMethod method, string path, JsonObject body, string type, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, type),
        };
        using var answer = await api.SendAsync(request, token);
        var text = await answer.Content.ReadAsStringAsync(token);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict) return null;
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text) : throw new InvalidOperationException($"{method} {path}: {text}");
    }

    // The metadata come before the items, or after all of them.
    private static string? ContinueOf(ReadOnlySpan<byte> page)
    {
        var reader = new Utf8JsonReader(page);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata)
                return JsonNode.Parse(ref reader)?["continue"] is { } place && (string?)place is { Length: > 0 } text
                    ? Uri.EscapeDataString(text) : null;
            reader.Skip();
        }

        return null;
    }
}
