using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The end of a transfer: all files are there, and the sender gets the proof.</summary>
internal static class TransferEnd
{
    /// <summary>The proof, over the records of all files.</summary>
    /// <exception cref="StagingException">A file is missing.</exception>
    public static StagingAnswer Answer(IReadOnlyList<StagedFile> files, Func<StagedFile, StagedRecord?> find)
    {
        var hashes = new FileHash[files.Count];
        for (var index = 0; index < files.Count; index++)
            hashes[index] = find(files[index])?.Hash
                ?? throw new StagingException(
                    StagingFailure.Damaged, $"File {files[index].Path} was not sent, or is not as it was; start again");
        return new StagingAnswer(files.Count, files.Sum(file => file.Size), FilesDigest.Of(files, hashes));
    }

    /// <summary>Sends the proof.</summary>
    public static async Task ConfirmAsync(StagingLink link, StagingAnswer answer, CancellationToken token)
    {
        await StagingMessages.DoneAsync(link.Writer, answer, token);
        await link.Writer.FlushAsync(token);
    }
}
