namespace Tracebloc.Ingestion.Staging;

/// <summary>
/// Sends files to a staging folder of the cluster's volume. Started again after an interruption, it sends what is
/// missing: the far side has hashes of what it holds, and they are compared with the files here.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
public sealed class StagingSender(StagingOptions options, TimeProvider time)
{
    /// <summary>Sends all files.</summary>
    /// <param name="source">The files.</param>
    /// <param name="connect">Opens a connection to a receiver of the folder; called once for each stream.</param>
    /// <param name="progress">Called when the far side has confirmed more; by several threads, one at a time.</param>
    /// <param name="token">Cancels the transfer.</param>
    /// <returns>The far side's confirmation, compared with what was sent.</returns>
    /// <exception cref="StagingException">The transfer failed; what has arrived stays.</exception>
    public async Task<StagingResult> SendAsync(
        IStagingSource source,
        Func<CancellationToken, Task<StagingStreams>> connect,
        Action<StagingProgress> progress,
        CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(progress);
        if (!StagedPath.IsFolder(options.Folder))
            throw new StagingException(StagingFailure.Refused, $"{options.Folder} is no name of a staging folder");
        if (source.Files.Count > StagingProtocol.MostFiles)
            throw new StagingException(
                StagingFailure.Refused,
                $"{source.Files.Count:N0} files are too many: a transfer has at most {StagingProtocol.MostFiles:N0}");
        var transfer = new Transfer(options, source, connect, new SentCount(source.Files, progress), time);
        return await transfer.RunAsync(token);
    }
}
