namespace Tracebloc.Ingestion.Reading;

/// <summary>A slice in which no record begins, or in which none was found.</summary>
internal sealed class NoRecords(RecordHeader header, FoundSlice found) : RecordReader
{
    /// <inheritdoc/>
    public override RecordHeader Header => header;

    /// <inheritdoc/>
    public override long BytesRead => 0;

    /// <inheritdoc/>
    public override SourceMark? Mark => null;

    /// <inheritdoc/>
    public override FoundSlice? Found => found;

    /// <inheritdoc/>
    public override ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken) => new((RecordBatch?)null);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
