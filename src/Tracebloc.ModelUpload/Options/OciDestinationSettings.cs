using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The repository and tag to push to, and the form of the image.</summary>
internal sealed record OciDestinationSettings
{
    public required OciSettings Target { get; init; }

    public OciFormat Format { get; init; } = OciFormat.Modelcar;

    /// <summary>The image that a modelcar's layers are put on.</summary>
    public required ImageReference BaseImage { get; init; }
}
