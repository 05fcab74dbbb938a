namespace Tracebloc.MetadataSync.Store;

/// <summary>The facts about a row that decide whether an object is written.</summary>
/// <param name="Version">The resource version of its content.</param>
/// <param name="State">The object's whereabouts.</param>
internal readonly record struct StoredVersion(ulong Version, RowState State);
