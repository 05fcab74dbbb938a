using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The objects of one complete list.</summary>
/// <param name="Uids">Their uids.</param>
/// <param name="IsWhole">False where the list had objects whose uid is not known.</param>
internal sealed record ListedObjects(VersionMap Uids, bool IsWhole);
