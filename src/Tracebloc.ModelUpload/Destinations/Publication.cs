using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>A published model.</summary>
/// <param name="Uri">The address that the Model Registry gets: <c>oci://ghcr.io/org/model:1.0</c>.</param>
/// <param name="Digest">The digest that its name stands for; null where the place has none.</param>
/// <param name="SentBytes">The bytes that went to the place.</param>
internal sealed record Publication(string Uri, Digest? Digest, long SentBytes);
