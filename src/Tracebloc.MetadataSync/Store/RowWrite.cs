using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Store;

/// <summary>An object that is to have its row.</summary>
/// <param name="Object">The object.</param>
/// <param name="Evicts">
/// The object is about to leave the cluster: the row gets the copy without our finalizer, and its time of eviction.
/// </param>
internal sealed record RowWrite(SyncedObject Object, bool Evicts = false);
