using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// An HTTP proxy on loopback that forwards every connection to one server, whatever host was asked for.
/// </summary>
public sealed class FakeProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly RawServer _server;

    private FakeProxy(Uri target, string? refusal, string? authorization) => _server = RawServer.Start(
        (connection, _) => ServeAsync(connection, target, refusal, authorization));

    public string Host => _server.Host;

    /// <summary>The heads of the requests it received.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <param name="target">Where connections are forwarded to.</param>
    /// <param name="refusal">Answered in place of forwarding, such as <c>502 Bad Gateway</c>.</param>
    /// <param name="authorization">The value of Proxy-Authorization without which it answers 407.</param>
    public static FakeProxy Start(Uri target, string? refusal = null, string? authorization = null) =>
        new(target, refusal, authorization);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(RawConnection connection, Uri target, string? refusal, string? authorization)
    {
        while (await connection.ReadRequestAsync() is { Length: > 0 } head)
        {
            _requests.Enqueue(head);
            if (authorization is not null && !head.Contains($"Proxy-Authorization: {authorization}\r\n"))
                await AnswerAsync(
                    connection, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
            else if (refusal is not null)
                await AnswerAsync(connection, refusal);
            else
                await ForwardAsync(connection, target, head);
        }
    }

    private static Task AnswerAsync(RawConnection connection, string status) =>
        connection.WriteAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");

    private static async Task ForwardAsync(RawConnection connection, Uri target, string head)
    {
        using var onward = new TcpClient();
        await onward.ConnectAsync(target.Host, target.Port, connection.Stopping);
        await using var stream = onward.GetStream();
        if (head.StartsWith("CONNECT ", StringComparison.Ordinal))
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
        else
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(head), connection.Stopping);
        var there = connection.Stream.CopyToAsync(stream, connection.Stopping);
        var back = stream.CopyToAsync(connection.Stream, connection.Stopping);
        await Task.WhenAny(there, back);
    }
}
