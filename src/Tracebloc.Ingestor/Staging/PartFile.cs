using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The file that arrives: its part, and the hash of what is written.</summary>
internal sealed class PartFile : IDisposable
{
    // The disk writes meanwhile, so that little is left to wait for in the end.
    private const long FlushEvery = 32 << 20;

    private readonly SafeFileHandle _handle;
    private readonly ContentHash _hash;
    private readonly ReceiverOptions.WriteBytes _write;

    private Task _flush = Task.CompletedTask;
    private long _flushed;

    /// <param name="file">The file.</param>
    /// <param name="handle">Its part, with as many bytes as the hash has.</param>
    /// <param name="offset">The number of these bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="write">Writes to the part.</param>
    public PartFile(
        StagedFile file, SafeFileHandle handle, long offset, ContentHash hash, ReceiverOptions.WriteBytes write)
    {
        (File, _handle, Offset, _hash, _write) = (file, handle, offset, hash, write);
        _flushed = offset;
    }

    public StagedFile File { get; }

    /// <summary>The bytes that are there.</summary>
    public long Offset { get; private set; }

    /// <summary>Writes the next bytes.</summary>
    /// <exception cref="StagingException">The file would be longer than was offered.</exception>
    public void Write(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length > File.Size - Offset)
            throw new StagingException(
                StagingFailure.Damaged,
                $"File {File.Path} was refused: it has more than {File.Size} bytes; start again");
        _write(_handle, chunk, Offset);
        _hash.Add(chunk);
        Offset += chunk.Length;
        if (Offset - _flushed < FlushEvery || !_flush.IsCompletedSuccessfully) return;
        _flushed = Offset;
        _flush = Task.Run(() => RandomAccess.FlushToDisk(_handle));
    }

    /// <summary>Requires that all bytes are there, and that they are the sender's.</summary>
    /// <returns>The record of the file.</returns>
    /// <exception cref="StagingException">They are not.</exception>
    public StagedRecord Verify(FileHash expected)
    {
        // A disk that failed reports it once.
        if (_flush is { IsFaulted: true, Exception.InnerException: { } fault })
            throw new IOException($"File {File.Path} cannot be written: {fault.Message}", fault);
        var actual = _hash.End();
        var record = StagedTree.Describe(_handle, actual);
        if (Offset != File.Size || record.Size != File.Size || actual != expected)
            throw new StagingException(
                StagingFailure.Damaged,
                $"File {File.Path} was refused: {Offset} of {File.Size} bytes arrived, with SHA-256 {actual} in place "
                + $"of {expected}; start again");
        return record;
    }

    public void Dispose()
    {
        _hash.Dispose();
        // A flush under way keeps the handle open until it ends.
        _handle.Dispose();
    }
}
