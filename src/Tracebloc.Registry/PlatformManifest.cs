namespace Tracebloc.Registry;

/// <summary>The part of an image that one platform runs.</summary>
/// <param name="Platform">The platform that it was built for.</param>
/// <param name="Digest">The manifest of that part alone; the image's own where it has no other.</param>
public sealed record PlatformManifest(Platform Platform, Digest Digest);
