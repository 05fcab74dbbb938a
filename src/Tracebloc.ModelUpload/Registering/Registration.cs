using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// The registry's part of one run, in order: check, begin, then finish or undo. A run that was killed at any call is
/// started again with the same key, and ends as if it had not been.
/// </summary>
internal abstract class Registration
{
    /// <summary>The registration of an intent.</summary>
    /// <param name="client">The registry; the caller closes it.</param>
    /// <param name="intent">The intent and its ids.</param>
    /// <param name="metadata">The metadata folder; null where there is none.</param>
    /// <param name="run">The run's key, and what is known of its Job.</param>
    public static Registration Of(
        ModelRegistryClient client, IntentSettings intent, ModelMetadata? metadata, RunIdentity run) =>
        intent.Kind == UploadIntent.UpdateArtifact
            ? new ArtifactUpdate(client, intent, metadata)
            : new ModelCreation(client, intent, metadata ?? ModelMetadata.None, run);

    /// <summary>Checks all that can be known before the first byte. Only reads.</summary>
    /// <exception cref="UploadException">All problems in one.</exception>
    public abstract Task<RegistryObservation> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Marks the transfer as under way, where there is an artifact already.</summary>
    public abstract Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Writes all entries; the artifact's LIVE is the last change.</summary>
    /// <param name="uri">The model's address by tag.</param>
    /// <param name="digest">Its digest, where the destination has one.</param>
    /// <param name="cancellationToken">Cancels; <see cref="UndoAsync"/> must follow.</param>
    public abstract Task<RegisteredIds> FinishAsync(string uri, Digest? digest, CancellationToken cancellationToken);

    /// <summary>
    /// Takes back what this run changed and marks what it created; sends nothing where it did neither.
    /// </summary>
    /// <param name="deadline">Ends the attempts.</param>
    /// <exception cref="UploadException">Something is left; the message names it.</exception>
    public abstract Task UndoAsync(CancellationToken deadline);
}
