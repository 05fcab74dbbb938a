using System.Collections.Concurrent;

namespace Tracebloc.Testing.Registry;

/// <summary>The uploads that a fake registry has open, and faults in what it receives.</summary>
public sealed class FakeUploads
{
    private readonly ConcurrentDictionary<string, FakeUpload> _open = [];
    private readonly SortedDictionary<long, Action> _at = [];
    private readonly Lock _gate = new();
    private long _received;
    private int _opened;

    /// <summary>The repositories of the uploads that are open: one that is left is a cost to its owner.</summary>
    public IReadOnlyList<string> Open => [.. _open.Values.Select(upload => upload.Repository)];

    /// <summary>The bytes of all bodies of uploads so far.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>The uploads that were ever opened.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Does something when so many bytes have been received; before the next byte is.</summary>
    public void At(long bytes, Action then)
    {
        lock (_gate)
            _at[bytes] = then;
    }

    /// <summary>Breaks the connection when so many bytes have been received; those are kept.</summary>
    public void CutAt(long bytes) => At(bytes, () => throw new FakeCut());

    internal FakeUpload Begin(string repository)
    {
        Interlocked.Increment(ref _opened);
        var upload = new FakeUpload(Guid.NewGuid().ToString("N"), repository);
        return _open[upload.Id] = upload;
    }

    internal FakeUpload? Find(FakeUploadPath path) =>
        _open.TryGetValue(path.Id, out var upload) && upload.Repository == path.Repository ? upload : null;

    internal void End(FakeUpload upload) => _open.TryRemove(upload.Id, out _);

    /// <summary>Takes bytes up to the next fault, and runs that.</summary>
    internal void Receive(FakeUpload upload, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            Action? then = null;
            lock (_gate)
            {
                var room = _at.Count > 0 && _at.First().Key - _received < bytes.Length
                    ? (int)Math.Max(0, _at.First().Key - _received)
                    : bytes.Length;
                upload.Append(bytes[..room]);
                _received += room;
                bytes = bytes[room..];
                if (_at.Count > 0 && _at.First().Key <= _received)
                {
                    then = _at.First().Value;
                    _at.Remove(_at.First().Key);
                }
            }
            then?.Invoke();
        }
    }
}

/// <summary>The connection is to be broken.</summary>
internal sealed class FakeCut : Exception;
