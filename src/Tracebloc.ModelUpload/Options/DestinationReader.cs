namespace Tracebloc.ModelUpload.Options;

/// <summary>The place to publish at.</summary>
internal static class DestinationReader
{
    public static DestinationSettings? Read(OptionReader options) =>
        options.Choice<Func<OptionReader, DestinationSettings?>>(
            "destination-type", ("oci", Oci), ("s3", S3), ("pvc", Volume))(options);

    private static DestinationSettings? S3(OptionReader options) =>
        S3Reader.Read(options, "destination") is { } settings ? new DestinationSettings { S3 = settings } : null;

    private static DestinationSettings? Oci(OptionReader options)
    {
        var target = OciReader.Read(options, "destination");
        var format = options.Choice(
            "destination-oci-format",
            ("modelcar", OciFormat.Modelcar),
            ("modelpack", OciFormat.ModelPack),
            ("artifact", OciFormat.Artifact));
        var image = options.Required("destination-oci-base-image") is { } value
            ? OciReader.Image(options, value, value.Text)
            : null;
        if (target is { Image.Digest: not null })
            options.Findings.Error(
                $"--destination-oci-uri is {target.Image}, which has a digest; name the tag to push, without a digest");
        if (target is null || image is null || target.Image.Digest is not null) return null;
        OciCredentials.Hide(options, target.Credentials, target.Image);
        OciCredentials.Hide(options, target.Credentials, image);
        return new DestinationSettings
        {
            Oci = new OciDestinationSettings { Target = target, Format = format, BaseImage = image },
        };
    }

    private static DestinationSettings? Volume(OptionReader options) =>
        options.AbsolutePath("destination-pvc-path") is { } path
            ? new DestinationSettings { Volume = new VolumeSettings(path) }
            : null;
}
