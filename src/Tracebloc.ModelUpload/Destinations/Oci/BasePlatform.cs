using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>The image of one platform.</summary>
/// <param name="Platform">The platform, as the index states it; null where there is no index.</param>
/// <param name="Layers">Its layers, in OCI's types.</param>
/// <param name="Annotations">Those of its manifest.</param>
/// <param name="Config">The configuration's bytes.</param>
internal sealed record BasePlatform(
    Platform? Platform,
    IReadOnlyList<Descriptor> Layers,
    IReadOnlyDictionary<string, string> Annotations,
    byte[] Config);
