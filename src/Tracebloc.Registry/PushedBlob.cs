namespace Tracebloc.Registry;

/// <summary>A blob that a repository holds.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WasPresent">True when the repository had it before: then nothing was sent.</param>
/// <param name="SentBytes">The bytes of body that went out, those of lost attempts included.</param>
public sealed record PushedBlob(Digest Digest, long Length, bool WasPresent, long SentBytes);
