using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Cli.Finding;

/// <summary>The answer of jobs-manager's <c>/v1/version</c>.</summary>
internal sealed record ServerVersion
{
    private const string Path = "/v1/version";

    private const int Found = 200, NotFound = 404;

    public string Version { get; init; } = "";

    public IReadOnlyList<ServerSchema> Schemas { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The abilities that an older jobs-manager lacks; null where it lists none.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The digest of a schema there; null where jobs-manager does not know it.</summary>
    public string? Digest(string schema) => Schemas.FirstOrDefault(each => each.Name == schema)?.Digest;

    /// <summary>Asks jobs-manager.</summary>
    /// <returns>Null where it is too old to have the path.</returns>
    /// <exception cref="CliException">It gives no answer that can be used.</exception>
    public static async Task<ServerVersion?> ReadAsync(JobsManagerLink link, CancellationToken token)
    {
        var answer = await link.SendAsync(HttpMethod.Get, Path, prepare: null, token);
        return answer.Status switch
        {
            Found => Read(answer.Text),
            NotFound => null,
            _ => throw Unusable($"status {answer.Status}"),
        };
    }

    /// <summary>Reads an answer of jobs-manager.</summary>
    /// <exception cref="CliException">It is no version.</exception>
    public static ServerVersion Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ServerVersionJson.Default.ServerVersion)
                ?? throw Unusable("null");
        }
        catch (JsonException e)
        {
            throw Unusable("no JSON", e);
        }
    }

    private static CliException Unusable(string answer, Exception? cause = null) => new(
        CliExit.Submission, $"jobs-manager gives no version: its answer to {Path} is {answer}; see its log", cause);
}

/// <summary>A schema that jobs-manager checks specifications against.</summary>
internal sealed record ServerSchema(string Name, string Digest);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServerVersion))]
internal sealed partial class ServerVersionJson : JsonSerializerContext;
