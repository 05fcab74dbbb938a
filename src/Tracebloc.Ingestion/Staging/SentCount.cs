namespace Tracebloc.Ingestion.Staging;

/// <summary>Counts what the far side confirms, over all connections.</summary>
internal sealed class SentCount(IReadOnlyList<StagedFile> files, Action<StagingProgress> report)
{
    private readonly Lock _gate = new();
    private StagingProgress _state = new(0, files.Sum(file => file.Size), 0, files.Count);

    /// <summary>Adds to the state, and reports it.</summary>
    public void Add(long bytes, int files)
    {
        lock (_gate)
        {
            _state = _state with { Bytes = _state.Bytes + bytes, Files = _state.Files + files };
            report(_state);
        }
    }
}
