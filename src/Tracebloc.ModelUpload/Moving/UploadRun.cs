using Microsoft.Extensions.Logging;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>
/// Moves, signs and registers a model. On failure and on cancellation the registry's state from before comes back.
/// </summary>
/// <param name="parts">The sides.</param>
/// <param name="transfer">The means of the transfer.</param>
/// <param name="logger">Receives the steps.</param>
internal sealed partial class UploadRun(UploadParts parts, Transfer transfer, ILogger logger)
{
    /// <summary>The run after its checks.</summary>
    /// <exception cref="UploadException">A side failed; nothing is half-done in the registry.</exception>
    public async Task<UploadResult> RunAsync(Checked run, CancellationToken cancellationToken)
    {
        try
        {
            await parts.Registration.BeginAsync(cancellationToken);
            LogBegun(logger, run.Plan.FileCount, run.Plan.Source, run.Plan.Destination);
            var files = await ModelMover.MoveAsync(
                parts.Source, parts.Destination, run.Destination, transfer, cancellationToken);
            var publication = await PublishAsync(files, cancellationToken);
            var ids = await parts.Registration.FinishAsync(publication.Uri, publication.Digest, cancellationToken);
            LogLive(logger, publication.Uri);
            return new UploadResult(publication, ids);
        }
        catch
        {
            // The run's own token may be cancelled by now.
            await UndoAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task<Publication> PublishAsync(
        IReadOnlyList<PublishedFile> files, CancellationToken cancellationToken)
    {
        var signature = parts.Signer is { } signer
            ? await signer.SignModelAsync(parts.Destination.Name, files, cancellationToken)
            : (ReadOnlyMemory<byte>?)null;
        var publication = await parts.Destination.PublishAsync(files, signature, cancellationToken);
        LogPublished(logger, publication.Uri, publication.Digest?.ToString() ?? "no digest", publication.SentBytes);
        if (parts.Signer is not null)
            await parts.Signer.SignPublicationAsync(publication, cancellationToken);
        return publication;
    }

    private async Task UndoAsync(CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(UploadDeadlines.Undo, transfer.Time, cancellationToken);
        try
        {
            await parts.Registration.UndoAsync(deadline.Token);
        }
        catch (Exception fault) when (fault is UploadException or OperationCanceledException)
        {
            LogNotUndone(logger, fault is UploadException ? fault.Message : "it did not answer in time");
        }
    }

    [LoggerMessage(960, LogLevel.Information, "Model upload started: {Count} files from {Source} to {Destination}")]
    private static partial void LogBegun(ILogger logger, int count, string source, string destination);

    [LoggerMessage(961, LogLevel.Information, "Model published at {Uri}: {Digest}, {Sent} bytes sent")]
    private static partial void LogPublished(ILogger logger, string uri, string digest, long sent);

    [LoggerMessage(962, LogLevel.Information, "Model registered as LIVE: {Uri}")]
    private static partial void LogLive(ILogger logger, string uri);

    [LoggerMessage(963, LogLevel.Error, "Model Registry was not brought back to its state from before: {Reason}")]
    private static partial void LogNotUndone(ILogger logger, string reason);
}
