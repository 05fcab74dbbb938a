namespace Tracebloc.ModelUpload.Options;

/// <summary>The place that the model is at.</summary>
internal static class SourceReader
{
    public static SourceSettings? Read(OptionReader options) =>
        options.Choice<Func<OptionReader, SourceSettings?>>(
            "source-type", ("s3", S3), ("oci", Oci), ("uri", SourceUriReader.Read), ("pvc", Volume))(options);

    private static SourceSettings? S3(OptionReader options) =>
        S3Reader.Read(options, "source") is { } settings ? new SourceSettings { S3 = settings } : null;

    private static SourceSettings? Oci(OptionReader options)
    {
        if (OciReader.Read(options, "source") is not { } settings) return null;
        OciCredentials.Hide(options, settings.Credentials, settings.Image);
        return new SourceSettings { Oci = settings };
    }

    private static SourceSettings? Volume(OptionReader options) =>
        options.AbsolutePath("source-pvc-path") is { } path
            ? new SourceSettings { Volume = new VolumeSettings(path) }
            : null;
}
