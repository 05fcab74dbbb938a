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
    public static async Task<VerifiedStream> OpenAsync(
        IModelSource source, SourceFile file, Transfer transfer, CancellationToken cancellationToken)
    {
        var stream = new VerifiedStream(source, file, transfer);
        try
        {
            await stream.OpenAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
