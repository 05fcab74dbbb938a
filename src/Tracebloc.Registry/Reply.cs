using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;

namespace Tracebloc.Registry;

/// <summary>The result of a request: status, headers and body, or the failure in their place.</summary>
internal sealed record Reply
{
    private Reply()
    {
    }

    /// <summary>The reason why no usable answer arrived.</summary>
    public Answer? Failure { get; private init; }

    /// <summary>True for failures of the whole host: it is down, or not trusted.</summary>
    public bool IsHostFailure { get; private init; }

    /// <summary>True when an immediate retry may succeed.</summary>
    public bool IsRetryable { get; private init; }

    public required Uri Uri { get; init; }

    public int Status { get; private init; }

    public HttpResponseHeaders? Headers { get; private init; }

    public HttpContentHeaders? ContentHeaders { get; private init; }

    public ReadOnlyMemory<byte> Body { get; private init; }

    /// <summary>The answer whose body is still to be read, to be disposed of by the reader; else null.</summary>
    public HttpResponseMessage? Response { get; private init; }

    /// <summary>A note for the operator about the way to this reply.</summary>
    public string? Note { get; init; }

    /// <summary>True when a token that the token server had granted was refused.</summary>
    public bool IsAfterToken { get; init; }

    [MemberNotNullWhen(true, nameof(Headers), nameof(ContentHeaders))]
    public bool HasAnswer => Failure is null;

    public static Reply Of(Uri uri, HttpResponseMessage response, ReadOnlyMemory<byte> body) => new()
    {
        Uri = uri,
        Status = (int)response.StatusCode,
        Headers = response.Headers,
        ContentHeaders = response.Content.Headers,
        Body = body,
        IsRetryable = (int)response.StatusCode is 408 or 499 or 500 or 502 or 503 or 504 or 522,
    };

    /// <summary>A success whose body is still to be read.</summary>
    public static Reply Of(Uri uri, HttpResponseMessage response) =>
        Of(uri, response, default) with { Response = response };

    public static Reply Failed(Uri uri, Answer failure, bool isRetryable = false, bool isHostFailure = false) =>
        new() { Uri = uri, Failure = failure, IsRetryable = isRetryable, IsHostFailure = isHostFailure };

    /// <summary>This reply with a note, which a failure has among its warnings.</summary>
    public Reply WithNote(string note) => this with
    {
        Note = note,
        Failure = Failure is null ? null : Failure with { Warnings = [.. Failure.Warnings, note] },
    };

    /// <summary>All lines of a header, as sent.</summary>
    public IEnumerable<string> Lines(string name) =>
        Headers is not null && Headers.NonValidated.TryGetValues(name, out var lines) ? lines
        : ContentHeaders is not null && ContentHeaders.NonValidated.TryGetValues(name, out lines) ? lines
        : [];
}
