namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// A validator that finds of a file's slices, each read alone, what it finds of the whole: instances for slices hand
/// over what they know before their end, and one instance takes all of it and concludes.
/// </summary>
internal interface IMergeable : IRowValidator
{
    /// <summary>Writes everything that is known of a slice, beside the faults and the keys: here, nothing.</summary>
    void Save(StateWriter to)
    {
    }

    /// <summary>Takes over everything that is known of the next slice.</summary>
    /// <returns>False where that depends on the slices before: the whole must be read by one pass.</returns>
    bool TryMerge(StateReader from) => true;
}
