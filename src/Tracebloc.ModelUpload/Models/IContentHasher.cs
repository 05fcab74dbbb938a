namespace Tracebloc.ModelUpload.Models;

/// <summary>A hash that grows with the bytes that pass.</summary>
internal interface IContentHasher : IDisposable
{
    void Add(ReadOnlySpan<byte> bytes);

    /// <summary>The hash of all bytes so far, in lower-case hexadecimal digits.</summary>
    string Hex();
}
