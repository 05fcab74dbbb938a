namespace Tracebloc.MetadataSync.Store;

/// <summary>An object whose row is to be marked as deleted.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Version">
/// The version at which it went, from which on no older event makes the row live again; 0 where it is unknown.
/// </param>
internal sealed record RowDeletion(string Uid, ulong Version = 0)
{
    /// <summary>True where a row that is newer than the version stays as it is: its object has changed since.</summary>
    public bool KeepsNewer { get; init; }
}
