using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>The meaning of an answer without a digest, with the remedy.</summary>
internal static class StatusVerdict
{
    public static Answer Explain(Reply reply, TimeProvider time)
    {
        var (verdict, remedy) = reply.Status switch
        {
            401 => (Verdict.Auth, "access is refused; check that the image exists and the credentials for it"),
            403 => (Verdict.Auth, "access is denied; check that the image exists and what the credentials allow"),
            404 => (Verdict.NotFound, "there is no such repository or tag; check the name, and that it was pushed"),
            407 => (Verdict.Config, "the proxy requires a user and password; put them into HTTP_PROXY"),
            429 => (Verdict.Limited, "the rate limit is used up; ask less often, or with credentials"),
            408 or 499 or >= 500 => (Verdict.Transient, "the server reports an error; retried later"),
            _ => (Verdict.Invalid, "unexpected status; check that this is a registry"),
        };
        var failure = Answer.Failed(verdict, Message(reply, remedy), RetryAt(verdict, reply, time)) with
        {
            Bytes = reply.Body.Length,
        };
        return reply.Note is null ? failure : failure with { Warnings = [reply.Note] };
    }

    /// <summary>The same for a request that writes.</summary>
    public static Answer ExplainPush(Reply reply, TimeProvider time)
    {
        var (verdict, remedy) = reply.Status switch
        {
            401 or 403 => (Verdict.Auth, "pushing is denied; check the name and what the credentials allow"),
            404 => (Verdict.NotFound, "there is no such repository or upload; check the name, or create it"),
            413 => (Verdict.Invalid, "a request is too large for the registry or a proxy before it; raise its limit"),
            300 or 301 or 302 or 303 or 307 or 308 =>
                (Verdict.Invalid, "a push is not redirected; name the registry that the redirect leads to"),
            >= 400 and < 500 and not (407 or 408 or 429 or 499) =>
                (Verdict.Invalid, "the registry refuses this content; check that it takes this kind"),
            _ => (Verdict.Ok, ""),
        };
        return verdict is Verdict.Ok ? Explain(reply, time) : Answer.Failed(verdict, Message(reply, remedy)) with
        {
            Bytes = reply.Body.Length,
        };
    }

    /// <summary>The same for a token server, where every refusal is one of access.</summary>
    public static Answer ExplainToken(Reply reply, TimeProvider time)
    {
        var (verdict, remedy) = reply.Status switch
        {
            400 or 401 or 403 or 404 =>
                (Verdict.Auth, "no token for this image; check that it exists and the credentials for it"),
            407 => (Verdict.Config, "the proxy requires a user and password; put them into HTTP_PROXY"),
            408 or 499 or >= 500 => (Verdict.Transient, "the token server reports an error; retried later"),
            _ => (Verdict.Invalid, "unexpected status; check the registry's configuration"),
        };
        return Answer.Failed(verdict, Message(reply, remedy), RetryAt(verdict, reply, time));
    }

    public static Answer Limited(Reply reply, DateTimeOffset retryAt) => Answer.Failed(
        Verdict.Limited, Message(reply, "the rate limit is used up; ask less often, or with credentials"), retryAt);

    private static DateTimeOffset? RetryAt(Verdict verdict, Reply reply, TimeProvider time) =>
        verdict is Verdict.Transient && RetryDelay.Announced(reply, time) is { } delay
            ? time.GetUtcNow() + delay
            : null;

    private static string Message(Reply reply, string remedy)
    {
        var code = CodeOf(reply.Body.Span) is { } found ? $" {found}" : "";
        return $"{HttpCall.Print(reply.Uri)} answered {reply.Status}{code}: {remedy}";
    }

    // The code is one of the specification's fixed words; the free text beside it may repeat what was sent.
    private static string? CodeOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.PropertyName && JsonText.Is(ref reader, "code")
                    && reader.Read() && reader.TokenType == JsonTokenType.String
                    && JsonText.Of(ref reader) is { Length: < 40 } code && code.AsSpan().All(IsInCode))
                    return code;
        }
        catch (JsonException)
        {
            // Not a registry's error body; the status has to do.
        }
        return null;
    }

    private static bool IsInCode(char c) => c == '_' || char.IsAsciiLetterUpper(c);
}
