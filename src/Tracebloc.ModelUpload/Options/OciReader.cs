using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The settings of one side's OCI registry.</summary>
internal static class OciReader
{
    private const string Scheme = "oci://";

    /// <param name="options">The merged options.</param>
    /// <param name="side"><c>source</c> or <c>destination</c>.</param>
    public static OciSettings? Read(OptionReader options, string side)
    {
        var value = options.Required($"{side}-oci-uri");
        return Read(options, side, value is null ? null : Image(options, value, value.Text));
    }

    /// <summary>The account and TLS settings for an image; null is an image with an error.</summary>
    public static OciSettings? Read(OptionReader options, string side, ImageReference? image)
    {
        var credentials = OciCredentials.Read(options, side, image);
        var verifies = options.Flag($"{side}-oci-enable-tls-verify") ?? true;
        var authorities = options.ReadableFile($"{side}-custom-ca", PemMark.Certificate);
        return image is null ? null : new OciSettings
        {
            Image = image,
            Credentials = credentials,
            VerifiesTls = verifies,
            CustomCa = authorities,
        };
    }

    /// <summary>An image reference with or without <c>oci://</c> and a slash at its end.</summary>
    public static ImageReference? Image(OptionReader options, OptionValue value, string text)
    {
        var bare = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text;
        if (ImageReference.TryParse(bare.TrimEnd('/'), out var image, out var fault)) return image;
        options.Reject(value, fault);
        return null;
    }
}
