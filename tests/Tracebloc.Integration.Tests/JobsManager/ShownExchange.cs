using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>
/// A request and its answer as a page shows them: others in place of what differs between runs, and long texts broken.
/// </summary>
internal static partial class ShownExchange
{
    private const int LongestLine = 110;

    private const string Break = @"\n";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Relevant = ["Allow", "Retry-After", "WWW-Authenticate"];

    // In the order of accepted, started and ended.
    private static readonly string[] Times = ["10:15:00", "10:15:08", "10:15:21"];

    /// <summary>Sends a request.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">The request, with its body as JSON.</param>
    /// <param name="namespaceName">The namespace, in whose place the page has another.</param>
    /// <param name="token">Ends the request.</param>
    /// <returns>The lines of the page.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(
        HttpClient client, HttpRequestMessage request, string namespaceName, CancellationToken token)
    {
        using var response = await client.SendAsync(request, token);
        var answer = await response.Content.ReadAsStringAsync(token);
        IEnumerable<string> lines =
        [
            $"{request.Method} {request.RequestUri?.PathAndQuery} HTTP/{request.Version}",
            .. Header("Authorization", request.Headers.Authorization),
            .. Header("Content-Type", request.Content?.Headers.ContentType),
            .. request.Content is null ? [] : Body(await request.Content.ReadAsStringAsync(token)),
            "",
            $"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}",
            .. response.Headers.Concat(response.Content.Headers)
                .Where(header => Relevant.Contains(header.Key))
                .SelectMany(header => Header(header.Key, string.Join(", ", header.Value))),
            .. Body(answer),
        ];
        return [.. Replaced(string.Join('\n', lines), namespaceName).Split('\n').SelectMany(Broken)];
    }

    /// <summary>A body as JSON, of the type without a charset.</summary>
    public static StringContent Json(JsonNode body) =>
        new(body.ToJsonString(Indented), new MediaTypeHeaderValue("application/json"));

    private static IEnumerable<string> Header(string name, object? value) => value is null ? [] : [$"{name}: {value}"];

    private static IEnumerable<string> Body(string json) => ["", JsonNode.Parse(json)!.ToJsonString(Indented)];

    private static string Replaced(string text, string namespaceName)
    {
        var times = Time().Matches(text).Select(match => match.Value).Distinct().ToList();
        text = Time().Replace(text, match => $"2026-01-02T{Times[times.IndexOf(match.Value)]}+00:00");
        text = Version().Replace(text, "1.2.3");
        text = Deletion().Replace(text, "ingest-delete-4b1d0c3f9a27");
        return WebToken().Replace(text, "eyJhbGciOi…").Replace(namespaceName, "tracebloc", StringComparison.Ordinal);
    }

    // After the sign of a line's end within a text, else at a space.
    private static IEnumerable<string> Broken(string line)
    {
        var indent = line.TakeWhile(letter => letter == ' ').Count() + 2;
        while (line.Length > LongestLine)
        {
            var sign = line.LastIndexOf(Break, LongestLine - Break.Length, StringComparison.Ordinal);
            var space = line.LastIndexOf(' ', LongestLine);
            var (end, next) = sign > indent ? (sign + Break.Length, sign + Break.Length) : (space, space + 1);
            if (end <= indent) break;
            yield return line[..end];
            line = new string(' ', indent) + line[next..];
        }

        yield return line;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")]
    private static partial Regex Time();

    // It has the time of the request in it.
    [GeneratedRegex("ingest-delete-[0-9a-f]{12}")]
    private static partial Regex Deletion();

    [GeneratedRegex(@"(?<=""version"": "")[^""]+")]
    private static partial Regex Version();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex WebToken();
}
