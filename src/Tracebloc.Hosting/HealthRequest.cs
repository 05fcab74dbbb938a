using System.Text;

namespace Tracebloc.Hosting;

/// <summary>The parts of a request that a probe needs; everything else of it is skipped.</summary>
/// <param name="Method">The method, in the client's letters.</param>
/// <param name="Path">The path, without a query.</param>
internal sealed record HealthRequest(string Method, string Path)
{
    /// <summary>The most bytes of a request's line and headers.</summary>
    public const int MaxHead = 8 * 1024;

    /// <returns>Null where the client sends no request, or one that is longer.</returns>
    public static async Task<HealthRequest?> ReadAsync(Stream stream, CancellationToken token)
    {
        var head = new byte[MaxHead];
        for (var length = 0; length < MaxHead;)
        {
            var read = await stream.ReadAsync(head.AsMemory(length), token);
            if (read == 0)
                return null;
            // The empty line that ends a head may come in pieces.
            var start = Math.Max(0, length - 3);
            length += read;
            if (head.AsSpan(start, length - start).IndexOf("\r\n\r\n"u8) >= 0)
                return Parse(head);
        }
        return null;
    }

    private static HealthRequest? Parse(ReadOnlySpan<byte> head)
    {
        var line = Encoding.ASCII.GetString(head[..head.IndexOf("\r\n"u8)]);
        return line.Split(' ') is [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"]
            ? new HealthRequest(method, target.Split('?')[0])
            : null;
    }
}
