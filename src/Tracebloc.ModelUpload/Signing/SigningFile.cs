using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>A file that signing needs, of bounded size.</summary>
internal static class SigningFile
{
    /// <exception cref="UploadException">The file cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(
        string subject, string path, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = RegularFile.OpenOnce(path);
            var content = new byte[Math.Min(file.Length, maxBytes) + 1];
            var length = await file.ReadAtLeastAsync(
                content, content.Length, throwOnEndOfStream: false, cancellationToken);
            return length <= maxBytes
                ? content[..length]
                : throw SigningFault.Of($"{subject} {path} is longer than {maxBytes} bytes; check the path");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SigningFault.Of(
                $"{subject} {path} cannot be read: {fault.Message}; check the path and its mode", fault);
        }
    }

    /// <exception cref="UploadException">The file cannot be read.</exception>
    public static async Task<string> ReadTextAsync(
        string subject, string path, int maxBytes, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await ReadAsync(subject, path, maxBytes, cancellationToken));
}
