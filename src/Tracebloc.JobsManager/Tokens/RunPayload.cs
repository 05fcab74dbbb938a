using System.Buffers;
using System.Text.Json;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.JobsManager.Tokens;

/// <summary>The claims of a token as JSON.</summary>
internal static class RunPayload
{
    private const string Issuer = "jobs-manager", Audience = "requests-proxy";
    private const int LongestKey = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    public static ReadOnlySpan<byte> Write(RunClaims claims, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", Issuer);
            writer.WriteString("aud", Audience);
            writer.WriteString("sub", claims.Key);
            writer.WriteString("table", claims.Table);
            writer.WriteString("intent", claims.Intent);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", claims.ExpiresAt.ToUnixTimeSeconds());
            writer.WriteNumber("ori", claims.FirstIssuedAt.ToUnixTimeSeconds());
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    /// <returns>Null where a claim is missing, of another type, or for another reader.</returns>
    public static RunClaims? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root ? Of(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RunClaims? Of(JsonElement root) =>
        Text(root, "iss") == Issuer && Text(root, "aud") == Audience
        && Text(root, "sub") is { Length: > 0 and <= LongestKey } key
        && Text(root, "table") is { } table && TableName.Fault(table) is null
        && Text(root, "intent") is "train" or "test" && Text(root, "intent") is { } intent
        && Time(root, "iat") is not null
        && Time(root, "exp") is { } end
        && Time(root, "ori") is { } first
            ? new RunClaims(key, table, intent, first, end)
            : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds)
        && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
