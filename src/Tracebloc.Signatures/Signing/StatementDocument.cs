using System.Text.Json.Serialization;
using Tracebloc.Registry;

namespace Tracebloc.Signatures.Signing;

/// <summary>The JSON of an <see cref="ImageStatement"/>, members in cosign's order.</summary>
internal sealed record StatementDocument
{
    private static readonly Dictionary<string, string> Empty = [];

    [JsonPropertyName("_type")] public string Type { get; init; } = "https://in-toto.io/Statement/v1";

    public required IReadOnlyList<StatementSubject> Subject { get; init; }

    public string PredicateType { get; init; } = ImageStatement.PredicateType;

    public Dictionary<string, string> Predicate { get; init; } = Empty;

    public static StatementDocument Of(Digest image) => new()
    {
        Subject = [new StatementSubject(new Dictionary<string, string> { [image.Algorithm] = image.Hex })],
    };

    internal sealed record StatementSubject(Dictionary<string, string> Digest);
}
