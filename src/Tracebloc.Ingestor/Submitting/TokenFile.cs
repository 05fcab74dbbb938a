using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>The file of a token, read anew for each request: the kubelet renews it.</summary>
/// <param name="path">The file.</param>
internal sealed class TokenFile(string path)
{
    /// <exception cref="IngestorException">The file cannot be read, or holds no token.</exception>
    public async Task<string> ReadAsync(CancellationToken token)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.OpenOnce(path));
            var text = (await reader.ReadToEndAsync(token)).Trim();
            if (text.Length > 0 && HeaderText.IsToken(text)) return text;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IngestorException(
                IngestorExit.Usage,
                $"Token file {path} cannot be read: {fault.Message}; give the file of a service account's token with "
                + "--token-file",
                fault);
        }

        throw new IngestorException(
            IngestorExit.Usage, $"Token file {path} holds no token; write the token alone there");
    }
}
