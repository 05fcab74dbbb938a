namespace Tracebloc.Registry;

/// <summary>The bytes of a blob that is to be pushed, read as a stream and never held whole.</summary>
/// <param name="Length">The length in bytes; null when it is unknown.</param>
/// <param name="Digest">
/// The digest; null computes SHA-256 while the bytes are sent. A digest that is given is not computed again: the
/// registry checks it.
/// </param>
/// <param name="Open">
/// Opens the bytes from an offset on. Called again after a fault, at the offset that the registry has reached; the
/// stream is read to its end, and its exceptions reach the caller of the push.
/// </param>
public sealed record BlobContent(long? Length, Digest? Digest, Func<long, CancellationToken, Task<Stream>> Open);
