using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>Reads the body of a submission; an error names the member.</summary>
internal static class SubmitRequestReader
{
    /// <summary>The longest body in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string Config = "ingest_config", Key = "idempotency_key", Image = "image_digest",
        Parallelism = "parallelism", Overwrite = "overwrite";

    private static readonly string[] Members = [Config, Key, Image, Parallelism, Overwrite];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <param name="body">The bytes of the body.</param>
    /// <param name="request">The request.</param>
    /// <param name="fault">The first error and its remedy.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SubmitRequest? request,
        [NotNullWhen(false)] out string? fault)
    {
        request = null;
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return TryRead(document.RootElement, out request, out fault);
        }
        catch (JsonException malformed)
        {
            fault = $"The body is not a JSON object in UTF-8: {Line.Of(malformed.Message)}";
            return false;
        }
    }

    private static bool TryRead(JsonElement body, out SubmitRequest? request, out string? fault)
    {
        request = null;
        fault = body.ValueKind != JsonValueKind.Object
            ? $"The body is not a JSON object; write {{\"{Config}\": …, \"{Key}\": …}}"
            : body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Members.Contains(name))
                is { } unknown
                ? $"{Line.Of(unknown, 64)} is not a member of a submission; known are {string.Join(", ", Members)}"
                : null;
        if (fault is not null) return false;
        var (config, key) = (Text(body, Config, ref fault), Text(body, Key, ref fault));
        var image = Digest(body, ref fault);
        var (pods, overwrites) = (Pods(body, ref fault), Overwrites(body, ref fault));
        if (!RunKey.TryParse(key, out var parsed))
            fault ??= $"{Key} must be 1 to 64 letters, digits, dots, underscores and dashes";
        if (fault is not null || parsed is null || config is null) return false;
        request = new SubmitRequest
        {
            Key = parsed,
            Specification = config,
            ImageDigest = image,
            Parallelism = pods,
            Overwrite = overwrites,
        };
        return true;
    }

    private static string? Text(JsonElement body, string name, ref string? fault)
    {
        if (Find(body, name) is not { } value)
            fault ??= $"{name} is missing; every submission has it";
        else if (value.ValueKind != JsonValueKind.String)
            fault ??= $"{name} must be text";
        else
            return Decoded(value);
        return null;
    }

    private static string? Digest(JsonElement body, ref string? fault)
    {
        if (Find(body, Image) is not { } value) return null;
        var text = value.ValueKind == JsonValueKind.String ? Decoded(value) : "";
        if (!SubmissionRules.IsImageDigest(text))
            fault ??= $"{Image} must be sha256: and 64 lower-case hexadecimal digits; tags are not accepted";
        return text;
    }

    private static int Pods(JsonElement body, ref string? fault)
    {
        if (Find(body, Parallelism) is not { } value) return 1;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var pods)
            && pods is >= 1 and <= SubmissionRules.MostPods)
            return pods;
        fault ??= $"{Parallelism} must be a whole number from 1 to {SubmissionRules.MostPods}";
        return 1;
    }

    private static bool Overwrites(JsonElement body, ref string? fault)
    {
        if (Find(body, Overwrite) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            fault ??= $"{Overwrite} must be true or false";
        return value.ValueKind == JsonValueKind.True;
    }

    // Null counts as absent, as for the server before this one.
    private static JsonElement? Find(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // For text that is not Unicode the serializer throws JsonException, JsonElement.GetString another.
    private static string Decoded(JsonElement value) => value.Deserialize(SubmitContext.Default.String) ?? "";
}

[JsonSerializable(typeof(string))]
internal sealed partial class SubmitContext : JsonSerializerContext;
