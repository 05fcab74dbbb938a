using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>An image and what the registry answered; null for one that was not asked for.</summary>
internal sealed record ImageSighting(TrackedImage Image, Resolution? Resolution);
