using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>An answer, its body unread.</summary>
/// <param name="call">The call.</param>
/// <param name="response">The last response.</param>
/// <param name="hops">The headers of the redirects before it.</param>
/// <param name="rules">The deadline of the body.</param>
internal sealed class WebAnswer(
    WebCall call, HttpResponseMessage response, IReadOnlyList<HttpResponseHeaders> hops, WebBodyRules rules)
    : IDisposable
{
    public WebCall Call => call;

    /// <summary>The thing that is read, as messages name it.</summary>
    public string Name => call.Name;

    public int Status => (int)response.StatusCode;

    /// <summary>The body's bytes as stated.</summary>
    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>The wait that the server asks for.</summary>
    public TimeSpan? Wait => WebWait.Of(this, rules.Time.GetUtcNow());

    /// <summary>A header, its lines joined by commas; null where there is none.</summary>
    public string? Header(string name) =>
        ValueOf(response.Headers, name) ?? ValueOf(response.Content.Headers, name);

    /// <summary>A header of the first of the redirects and the answer that has it.</summary>
    public string? FirstHeader(string name) =>
        hops.Select(headers => ValueOf(headers, name)).FirstOrDefault(value => value is not null) ?? Header(name);

    /// <summary>The body; the answer is disposed of with it.</summary>
    public async Task<Stream> OpenBodyAsync(CancellationToken cancellationToken) =>
        new WebBody(this, Name, await BoundedBody.OpenAsync(response.Content, cancellationToken), rules);

    /// <summary>The whole body.</summary>
    /// <exception cref="UploadException">It is longer than the limit, or broke off.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await OpenBodyAsync(cancellationToken);
            return await BoundedBody.ReadAsync(body, Math.Min(Length ?? 0, limit), limit, cancellationToken)
                ?? throw UploadException.OfSource($"{Name} cannot be read: an answer of more than {limit >> 20} MiB");
        }
        catch (IOException fault)
        {
            throw UploadException.OfSource(
                $"{Name} cannot be read: the connection broke off", fault, isTransient: true);
        }
    }

    public void Dispose() => response.Dispose();

    private static string? ValueOf(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
