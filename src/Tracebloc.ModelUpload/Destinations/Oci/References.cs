using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>References to other things of an image's repository.</summary>
internal static class References
{
    public static ImageReference At(ImageReference image, Digest digest) => Parse(image.At(digest));

    private static ImageReference Parse(string text) => ImageReference.TryParse(text, out var reference, out var error)
        ? reference
        : throw new InvalidOperationException(error);
}
