using System.Text.Json;
using System.Text.Unicode;
using Tracebloc.MetadataSync.Objects;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>JSON of callers without halves of surrogate pairs, at which the library throws.</summary>
internal static class CallerJson
{
    /// <summary>The document, and the fault where there is none.</summary>
    public static (JsonDocument? Document, string Fault) Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return !Utf8.IsValid(json.Span) ? (null, "is no UTF-8")
                : IsWhole(json.Span) ? (JsonDocument.Parse(json), "")
                : (null, "holds half a surrogate pair");
        }
        catch (JsonException malformed)
        {
            return (null, $"is malformed JSON: {Line.Of(malformed.Message)}");
        }
    }

    /// <exception cref="QueryException">The body is not JSON.</exception>
    public static JsonDocument OfBody(ReadOnlyMemory<byte> body)
    {
        var (document, fault) = Parse(body);
        return document ?? throw QueryException.BadRequest($"The body {fault}");
    }

    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped
                && JsonText.Read(ref reader).Contains('\uFFFD', StringComparison.Ordinal))
                return false;
        return true;
    }
}
