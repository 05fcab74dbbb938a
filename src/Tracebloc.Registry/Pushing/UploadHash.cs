using System.Security.Cryptography;

namespace Tracebloc.Registry.Pushing;

/// <summary>SHA-256 over a blob while it goes by, which can go back to where a part began.</summary>
internal sealed class UploadHash : IDisposable
{
    // A fault loses a chunk, seldom two.
    private const int Kept = 4;

    private readonly List<(long Offset, IncrementalHash State)> _marks = [];
    private IncrementalHash _state = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The bytes that it covers.</summary>
    public long Offset { get; private set; }

    public Digest Value => Digest.Parse($"sha256:{Convert.ToHexStringLower(_state.GetCurrentHash())}");

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _state.AppendData(bytes);
        Offset += bytes.Length;
    }

    /// <summary>Keeps the state of now.</summary>
    public void Mark()
    {
        if (_marks is [.., (var last, _)] && last >= Offset)
            return;
        _marks.Add((Offset, _state.Clone()));
        if (_marks.Count <= Kept)
            return;
        _marks[0].State.Dispose();
        _marks.RemoveAt(0);
    }

    /// <summary>Goes back to the last state kept at this offset or before it, or to the beginning.</summary>
    public void Return(long offset)
    {
        if (Offset <= offset)
            return;
        while (_marks is [.., (var later, var state)] && later > offset)
        {
            state.Dispose();
            _marks.RemoveAt(_marks.Count - 1);
        }
        _state.Dispose();
        (Offset, _state) = _marks is [.., var (at, kept)]
            ? (at, kept.Clone())
            : (0, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
    }

    public void Dispose()
    {
        _state.Dispose();
        foreach (var (_, state) in _marks)
            state.Dispose();
    }
}
