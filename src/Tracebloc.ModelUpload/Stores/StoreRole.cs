namespace Tracebloc.ModelUpload.Stores;

/// <summary>The end of a transfer that a store is: it chooses exit codes and the options that remedies name.</summary>
internal enum StoreRole
{
    Source,

    Destination,
}
