using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Reporting;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>The bytes of a run so far. Safe for concurrent use.</summary>
/// <param name="total">The bytes of all files; null where one has no known size.</param>
/// <param name="time">The clock.</param>
internal sealed class TransferCounter(long? total, TimeProvider time) : ITransferProgress
{
    private readonly long _start = time.GetTimestamp();
    private long _bytes;
    private long _present;
    private string? _file;


    public ProgressState State
    {
        get
        {
            var (moved, present) = (Interlocked.Read(ref _bytes), Interlocked.Read(ref _present));
            var seconds = time.GetElapsedTime(_start).TotalSeconds;
            return new ProgressState
            {
                File = Volatile.Read(ref _file),
                Bytes = moved + present,
                Total = total,
                Rate = seconds > 0 ? moved / seconds : 0,
            };
        }
    }

    public void Moved(ModelPath file, long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Volatile.Write(ref _file, file.Text);
    }

    public void Finished(ModelPath file, bool wasPresent) => Volatile.Write(ref _file, file.Text);

    /// <summary>So many bytes are at the destination without having moved.</summary>
    public void Found(long bytes) => Interlocked.Add(ref _present, bytes);
}
