using System.IO.Compression;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// Bodies that are sent encoded though <c>identity</c> was asked for: objects that a store keeps encoded, and servers
/// that ignore the question.
/// </summary>
internal static class WebEncoding
{
    /// <summary>True where the body is not the file's own bytes.</summary>
    public static bool IsEncoded(WebAnswer answer) => Of(answer).Length > 0;

    /// <summary>The file's own bytes.</summary>
    /// <exception cref="UploadException">The encoding is unknown.</exception>
    public static Stream Decoded(WebAnswer answer, Stream body) => Of(answer) switch
    {
        "" => body,
        "gzip" or "x-gzip" => new DecodedBody(answer.Name, new GZipStream(body, CompressionMode.Decompress)),
        "deflate" => new DecodedBody(answer.Name, new ZLibStream(body, CompressionMode.Decompress)),
        "br" => new DecodedBody(answer.Name, new BrotliStream(body, CompressionMode.Decompress)),
        var other => throw UploadException.OfSource(
            $"{answer.Name} cannot be read: the server sends it with Content-Encoding \"{other}\"; "
                + "serve it without one"),
    };

    private static string Of(WebAnswer answer)
    {
        var encoding = answer.Header("Content-Encoding")?.Trim().ToLowerInvariant() ?? "";
        return encoding == "identity" || IsOfFile(answer.Call.Address.AbsolutePath, encoding) ? "" : encoding;
    }

    // Apache's AddEncoding calls a file.tar.gz encoded by gzip: there the encoding is the file, as for wget and curl.
    private static bool IsOfFile(string path, string encoding) => encoding is "gzip" or "x-gzip"
        && (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase));
}
