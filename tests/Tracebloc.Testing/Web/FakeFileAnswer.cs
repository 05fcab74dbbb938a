using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Web;

/// <summary>Serves one file by the rules of RFC 9110, sections 13 and 14, but for the faults of the transfer.</summary>
internal static class FakeFileAnswer
{
    public static async Task SendAsync(HttpContext context, FakeRequest request, FakeFile file, FakeTransfer transfer)
    {
        if (transfer.Instead is { } reply)
        {
            await reply.SendAsync(context);
            return;
        }
        var response = context.Response;
        WriteHeaders(response, file);
        var (from, to) = transfer.IgnoresRange ? (null, null) : RangeOf(request, file);
        if (from >= file.Content.Length)
        {
            response.StatusCode = 416;
            response.Headers.ContentRange = $"bytes */{file.Content.Length}";
            return;
        }
        var start = (from ?? 0) + (from is null ? 0 : transfer.Shift);
        var end = Math.Min(to ?? long.MaxValue, file.Content.Length - 1);
        var body = file.Content[(int)start..(int)(end + 1)];
        if (from is not null)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {start}-{end}/{transfer.StatedTotal ?? file.Content.Length}");
        }
        response.ContentLength = transfer.StatedLength ?? (file.StatesLength ? body.Length : null);
        await WriteAsync(context, body, transfer);
    }

    private static void WriteHeaders(HttpResponse response, FakeFile file)
    {
        response.Headers.ContentType = file.ContentType;
        response.Headers.AcceptRanges = file.TakesRanges ? "bytes" : "none";
        if (file.ETag is { } tag)
            response.Headers.ETag = tag;
        if (file.LastModified is { } modified)
            response.Headers.LastModified = modified;
        if (file.ContentEncoding is { } encoding)
            response.Headers.ContentEncoding = encoding;
        foreach (var (name, value) in file.Headers)
            response.Headers.Append(name, value);
    }

    private static (long? From, long? To) RangeOf(FakeRequest request, FakeFile file)
    {
        var condition = request.Headers.GetValueOrDefault("If-Range");
        if (!file.TakesRanges || !request.Headers.TryGetValue("Range", out var range)
            || (condition is not null && condition != file.ETag && condition != file.LastModified))
            return (null, null);
        var bounds = range["bytes=".Length..].Split('-');
        return (
            long.Parse(bounds[0], CultureInfo.InvariantCulture),
            bounds[1].Length == 0 ? null : long.Parse(bounds[1], CultureInfo.InvariantCulture));
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, FakeTransfer transfer)
    {
        var cancellation = context.RequestAborted;
        var end = Math.Min(transfer.CutAt ?? transfer.StallAt ?? body.Length, body.Length);
        await context.Response.StartAsync(cancellation);
        await context.Response.Body.WriteAsync(body[..end], cancellation);
        await context.Response.Body.FlushAsync(cancellation);
        if (transfer.StallAt is not null)
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        // Kestrel closes the connection behind what was written; its own Abort takes back bytes on their way.
        if (transfer.CutAt is not null)
            throw new IOException("the cut that the test wants");
    }
}
