using Tracebloc.ModelUpload.Destinations;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>The signatures of a run. Each is verified before it is given away.</summary>
internal interface IModelSigner
{
    /// <summary>The signatures and their maker, a sentence each, for the plan.</summary>
    IReadOnlyList<string> Intentions { get; }

    /// <summary>Proves that keys, tokens and trust can be read.</summary>
    /// <exception cref="UploadException">One cannot.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>The bundle over exactly these files.</summary>
    /// <exception cref="UploadException">It could not be made, or does not verify.</exception>
    Task<ReadOnlyMemory<byte>> SignModelAsync(
        string name, IReadOnlyList<PublishedFile> files, CancellationToken cancellationToken);

    /// <summary>Signs what a destination published by its digest; nothing where it has none.</summary>
    /// <exception cref="UploadException">It could not be made or stored, or does not verify.</exception>
    Task SignPublicationAsync(Publication publication, CancellationToken cancellationToken);
}
