using System.Text;

namespace Tracebloc.Net;

/// <summary>
/// Sends single requests to one server and reads its answers, texts of at most 1 MiB unless more is expected.
/// A request is sent once, and a redirect is an answer.
/// </summary>
public sealed class HttpExchange : IDisposable
{
    private const int MebiByte = 1024 * 1024;

    private const int MostBytes = MebiByte;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust? _trust;
    private readonly Uri _server;
    private readonly TimeProvider _time;
    private readonly int _mostBytes;

    private HttpExchange(
        HttpMessageInvoker invoker, ServerTrust? trust, Uri server, TimeProvider time, int mostBytes = MostBytes) =>
        (_invoker, _trust, _server, _time, _mostBytes) = (invoker, trust, server, time, mostBytes);

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="server">The address, whose path precedes that of every request.</param>
    /// <param name="proxy">The way to the server; null: direct.</param>
    /// <param name="time">The clock of the deadlines.</param>
    public static HttpExchange Open(Uri server, ProxySettings? proxy, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(server);
        var trust = ServerTrust.Of(caFile: null, server.Host);
        return new HttpExchange(new HttpMessageInvoker(OutgoingHttp.Handler(trust, proxy)), trust, server, time);
    }

    /// <summary>The same by connections of another kind, through an API server for one.</summary>
    /// <param name="handler">Makes the connections; closed with the exchange.</param>
    /// <param name="server">The address, whose path precedes that of every request.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <param name="mostBytes">The most bytes of an answer.</param>
    public static HttpExchange Over(
        HttpMessageHandler handler, Uri server, TimeProvider time, int mostBytes = MostBytes) =>
        new(new HttpMessageInvoker(handler), null, server, time, mostBytes);

    /// <summary>The address of a path below that of the server.</summary>
    /// <param name="path">The path from its slash on, and the query.</param>
    public Uri AddressOf(string path) => new(_server, _server.AbsolutePath.TrimEnd('/') + path);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request, to an address of <see cref="AddressOf"/>.</param>
    /// <param name="limit">The deadline of the request and its answer.</param>
    /// <param name="cancelled">Ends the request.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<HttpAnswer> SendAsync(
        HttpRequestMessage request, TimeSpan limit, CancellationToken cancelled)
    {
        using var deadline = new Deadline(limit, _time, cancelled);
        try
        {
            using var response = await _invoker.SendAsync(request, deadline.Token);
            var body = await BoundedBody.ReadAsync(response.Content, _mostBytes, deadline.Token);
            return new HttpAnswer((int)response.StatusCode, Text(body)) { RetryAfter = RetryAfterOf(response) };
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return HttpAnswer.None($"no answer within {limit.TotalSeconds:0} s", mayHaveArrived: true);
        }
        catch (HttpRequestException fault)
        {
            var refusal = _trust?.TakeRefusal(_server.IdnHost);
            var reason = refusal ?? (fault.InnerException ?? fault).Message;
            return HttpAnswer.None(reason, !OutgoingHttp.IsUnsent(fault)) with { IsDistrusted = refusal is not null };
        }
        catch (IOException fault)
        {
            return HttpAnswer.None(fault.Message, mayHaveArrived: true);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _invoker.Dispose();

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => RetryAfter.Parse(
        Header(response, "Retry-After"), Header(response, "Date"), _time.GetUtcNow(), LongestPause);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private string Text(ReadOnlyMemory<byte>? body) => body is { } bytes
        ? Encoding.UTF8.GetString(bytes.Span)
        : $"(an answer of more than {_mostBytes / MebiByte} MiB)";
}
