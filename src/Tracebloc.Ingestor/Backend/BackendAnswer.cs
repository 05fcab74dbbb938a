using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Backend;

/// <summary>An answer of the backend, or the reason of none.</summary>
/// <param name="Status">The status; 0: there was no answer.</param>
/// <param name="Text">The body, or the reason; it may repeat secrets.</param>
internal sealed record BackendAnswer(int Status, string Text)
{
    /// <summary>The most characters of the backend's words in a message.</summary>
    public const int LongestWords = 2_000;

    private const int NoAnswer = 0, Exists = 409, Unauthorized = 401;

    private static readonly int[] Transient = [NoAnswer, 429, 500, 502, 503, 504];

    /// <summary>The wait that the backend asks for; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True where the request may have been carried out although its answer is a failure.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>True for 409: the backend has it already.</summary>
    public bool IsThere => Status == Exists;

    public bool IsUnauthorized => Status == Unauthorized;

    /// <summary>True where the backend will not take the request later either.</summary>
    public bool IsRejection => Status is >= 400 and < 500 and not (Unauthorized or 408 or 429);

    public bool IsTransient => Transient.Contains(Status);

    /// <summary>True for a status of 2xx with a body that does not say false.</summary>
    public bool IsAccepted => Status is >= 200 and < 300 && Text.Trim() != "false";

    public static BackendAnswer Of(HttpAnswer answer) => new(answer.Status, answer.Text)
    {
        RetryAfter = answer.RetryAfter,
        MayHaveArrived = answer.MayHaveArrived,
    };

    /// <summary>True where the body is JSON.</summary>
    public bool IsJson => Json() is not null;

    /// <summary>The text of a member; null where the body is no JSON object with it.</summary>
    public string? Member(string name) =>
        Json() is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary><c>400: {…}</c>, of the backend's words the first 2,000 characters.</summary>
    public override string ToString() => Status == NoAnswer
        ? Text
        : $"{Status}: {Line.Of(Text, LongestWords)}"
            + (Status is >= 300 and < 400 ? " (a redirect is not followed)" : "");

    private JsonElement? Json()
    {
        try
        {
            using var json = JsonDocument.Parse(Text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
