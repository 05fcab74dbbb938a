namespace Tracebloc.Ingestion.Reading;

/// <summary>Reads the records of a source, once and in order.</summary>
public abstract class RecordReader : IAsyncDisposable
{
    /// <summary>The columns of all records.</summary>
    public abstract RecordHeader Header { get; }

    /// <summary>The bytes of the source that were read so far.</summary>
    public abstract long BytesRead { get; }

    /// <summary>The mark of all bytes; null before the end.</summary>
    public abstract SourceMark? Mark { get; }

    /// <summary>The place of the records of a slice; null before their end, and for all else.</summary>
    public virtual FoundSlice? Found => null;

    /// <summary>The values so far that an escape character changed.</summary>
    public virtual long EscapedCells => 0;

    /// <summary>Reads on. The batch is the caller's until it is disposed, which gives its memory back.</summary>
    /// <returns>Some records or faults; null at the end.</returns>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public abstract ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Closes the source.</summary>
    public abstract ValueTask DisposeAsync();
}
