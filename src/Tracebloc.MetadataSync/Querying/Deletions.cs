namespace Tracebloc.MetadataSync.Querying;

/// <summary>The two deletions: of a collection, and of one object.</summary>
internal sealed record Deletions(CollectionDeletion Collections, ObjectDeletion Objects);
