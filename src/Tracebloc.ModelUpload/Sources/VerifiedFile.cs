using Tracebloc.ModelUpload.Flow;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The one way in which destinations read files.</summary>
internal static class VerifiedFile
{
    /// <summary>
    /// One stream over the whole file. It survives transient faults, and its last read, the one that gives no byte,
    /// fails where length or hash are not as the source states them: only after it are the bytes a file.
    /// </summary>
    /// <exception cref="UploadException">The file cannot be opened, retries included.</exception>
    public static Task<VerifiedStream> OpenAsync(
        IModelSource source, SourceFile file, Transfer transfer, CancellationToken cancellationToken) =>
        OpenedAsync(
            new VerifiedStream(source, file, transfer), (stream, token) => stream.OpenAsync(token), cancellationToken);

    /// <summary>The same where the destination kept the file's first bytes: reading goes on behind them.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="kept">The bytes kept, at most those of the file.</param>
    /// <param name="buffer">The room to read them in.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="UploadException">The file cannot be opened, retries included.</exception>
    public static Task<VerifiedStream> ContinueAsync(
        VerifiedStream stream, Stream kept, Memory<byte> buffer, CancellationToken cancellationToken) =>
        OpenedAsync(
            stream,
            async (opened, token) =>
            {
                await opened.SkipAsync(kept, buffer, token);
                if (!opened.IsWhole)
                    await opened.OpenAsync(token);
            },
            cancellationToken);

    private static async Task<VerifiedStream> OpenedAsync(
        VerifiedStream stream, Func<VerifiedStream, CancellationToken, Task> open, CancellationToken cancellationToken)
    {
        try
        {
            await open(stream, cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
