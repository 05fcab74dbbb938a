using System.Buffers;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The bytes of a file from an offset on, taken from an answer that may hold all of it.</summary>
internal static class WebRange
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>The stream from the offset on; the answer is disposed of with it, or here on a fault.</summary>
    /// <param name="answer">The answer: 206 from the offset, or 200 from the start.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="length">The file's bytes; null where unknown.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="UploadException">The answer is another part, or of another file.</exception>
    /// <exception cref="IOException">The connection broke before the offset was reached.</exception>
    public static async Task<Stream> OpenAsync(
        WebAnswer answer, long offset, long? length, CancellationToken cancellationToken)
    {
        try
        {
            Require(answer, offset, length);
            var body = WebEncoding.Decoded(answer, await answer.OpenBodyAsync(cancellationToken));
            if (answer.Status != 206)
                await DiscardAsync(body, offset, cancellationToken);
            return body;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Reads past so many bytes.</summary>
    /// <exception cref="IOException">There are fewer.</exception>
    public static async Task DiscardAsync(Stream body, long bytes, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var left = bytes; left > 0;)
            {
                var read = await body.ReadAsync(
                    piece.AsMemory(0, (int)Math.Min(left, piece.Length)), cancellationToken);
                left = read > 0 ? left - read : throw new IOException("the connection ended");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static void Require(WebAnswer answer, long offset, long? length)
    {
        switch (answer.Status)
        {
            case 200:
                if (!WebEncoding.IsEncoded(answer))
                    RequireLength(answer, answer.Length, length);
                return;
            case 206:
                RequirePart(answer, offset, length);
                return;
            case 412:
                throw Changed(answer, "status 412");
            case 416:
                var total = ContentRange.Of(answer)?.Total;
                throw Changed(answer, $"it ends at byte {total?.ToString() ?? "?"}, before byte {offset}");
            default:
                throw WebStatus.FaultOf(answer);
        }
    }

    private static void RequirePart(WebAnswer answer, long offset, long? length)
    {
        if (WebEncoding.IsEncoded(answer))
            throw UploadException.OfSource($"{answer.Name} cannot be read: the server sent a part of an encoded file");
        if (answer.Call.From is null || ContentRange.Of(answer) is not { } range || range.From != offset)
            throw UploadException.OfSource(
                $"{answer.Name} cannot be read: the server sent \"{answer.Header("Content-Range")}\" "
                    + $"for the bytes from {offset} on");
        RequireLength(answer, range.Total, length);
    }

    private static void RequireLength(WebAnswer answer, long? found, long? listed)
    {
        if (found is { } now && listed is { } before && now != before)
            throw Changed(answer, $"it had {before} bytes when it was listed, and has {now} now");
    }

    /// <summary>The fault of a file that is no longer the listed one.</summary>
    public static UploadException Changed(WebAnswer answer, string evidence) =>
        UploadException.OfSource($"{answer.Name} changed while it was read: {evidence}; start again");
}
