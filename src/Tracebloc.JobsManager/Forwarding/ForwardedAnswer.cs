using System.Text;
using Microsoft.AspNetCore.Http;
using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The answer to a call: the backend's, or a refusal.</summary>
/// <param name="Refusal">Null for the backend's.</param>
internal sealed record ForwardedAnswer(Refusal? Refusal) : IDisposable
{
    private const int MostOfFailure = 64 * 1024;

    // A redirect's Location and a challenge stay out: they are for the client's own token.
    private static readonly string[] Passing = ["Retry-After"];

    public BackendReply? Reply { get; init; }

    /// <summary>The client's token, which a failure might repeat.</summary>
    public Secret? Secret { get; init; }

    public async Task WriteAsync(HttpResponse response, CancellationToken token)
    {
        if (Refusal is not null || Reply?.Response is not { } answer)
        {
            await DetailAnswer.WriteAsync(response, Refusal ?? new(502, "the backend did not answer"), token);
            return;
        }

        response.StatusCode = Reply.Status;
        foreach (var name in Passing)
            if (answer.Headers.TryGetValues(name, out var values) && HeaderText.IsName(string.Join(',', values)))
                response.Headers[name] = string.Join(',', values);
        if (Reply.Status is 204 or 205 or 304) return;
        if (answer.Content.Headers.TryGetValues("Content-Type", out var types)
            && types.FirstOrDefault() is { } type && HeaderText.IsName(type))
            response.ContentType = type;
        if (Reply.Status >= 400) await WriteFailureAsync(response, answer, token);
        else await WriteBodyAsync(response, answer, token);
    }

    public void Dispose() => Reply?.Dispose();

    private static async Task WriteBodyAsync(HttpResponse response, HttpResponseMessage answer, CancellationToken token)
    {
        response.ContentLength = answer.Content.Headers.ContentLength;
        await answer.Content.CopyToAsync(response.Body, token);
    }

    private async Task WriteFailureAsync(HttpResponse response, HttpResponseMessage answer, CancellationToken token)
    {
        var text = await BoundedBody.ReadAsync(answer.Content, MostOfFailure, token) is { } body
            ? Encoding.UTF8.GetString(body.Span)
            : "(an answer of more than 64 KiB)";
        if (Secret?.Reveal() is { Length: > 0 } secret)
            text = text.Replace(secret, "(secret)", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, token);
    }
}
