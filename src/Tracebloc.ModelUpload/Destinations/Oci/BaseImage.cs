using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>An image that models are put on.</summary>
/// <param name="Image">The image, by the digest that its tag stood for.</param>
/// <param name="IsIndex">True where it is several images, one for each platform.</param>
/// <param name="Platforms">The images.</param>
internal sealed record BaseImage(ImageReference Image, bool IsIndex, IReadOnlyList<BasePlatform> Platforms);
