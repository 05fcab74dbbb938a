namespace Tracebloc.Ingestion.Staging;

/// <summary>The content of a file.</summary>
public interface IStagingContent : IDisposable
{
    /// <summary>Reads bytes; at the end of the file none.</summary>
    /// <exception cref="StagingException">The file cannot be read.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken token);

    /// <summary>Requires that the file is as it was when it was listed and opened.</summary>
    /// <exception cref="StagingException">It has changed.</exception>
    void RequireUnchanged();
}
