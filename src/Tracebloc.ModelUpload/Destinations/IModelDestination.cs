using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// The place that a model is published at. The calls come in the order of the members; <see cref="MoveAsync"/> runs
/// for several parts at a time. Nothing of the model is visible under its name before <see cref="PublishAsync"/>, where
/// the place allows that. Started again after a kill at any point, the end is the same.
/// </summary>
internal interface IModelDestination : IAsyncDisposable
{
    /// <summary>The address as people write it, free of credentials: <c>oci://ghcr.io/org/model:1.0</c>.</summary>
    string Name { get; }

    /// <summary>Proves that the place takes an upload, by one that is started and aborted.</summary>
    /// <exception cref="UploadException">It does not.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>The parts that the model goes in and what of them is there already. Only reads.</summary>
    /// <exception cref="UploadException">The place cannot hold the model (a limit), or cannot be read.</exception>
    Task<DestinationPlan> PlanAsync(IModelSource source, SourceListing listing, CancellationToken cancellationToken);

    /// <summary>Brings one part to the place, or finds it there; safe to repeat.</summary>
    /// <exception cref="UploadException">The source or the place failed, retries included.</exception>
    Task<IReadOnlyList<PublishedFile>> MoveAsync(
        PlannedPart part, IModelSource source, Transfer transfer, CancellationToken cancellationToken);

    /// <summary>Makes the model visible under its name, its signature (<c>model.sig</c>) with it.</summary>
    /// <param name="files">The files of all parts.</param>
    /// <param name="signature">The bundle that becomes <c>model.sig</c>; null for a model that is not signed.</param>
    /// <exception cref="UploadException">The place refused.</exception>
    Task<Publication> PublishAsync(
        IReadOnlyList<PublishedFile> files, ReadOnlyMemory<byte>? signature, CancellationToken cancellationToken);
}
