namespace Tracebloc.ModelUpload.Options;

/// <summary>The form of a model in an OCI registry.</summary>
internal enum OciFormat
{
    /// <summary>A runnable image with the files under <c>/models</c>.</summary>
    Modelcar,

    /// <summary>The CNCF's ModelPack manifest.</summary>
    ModelPack,

    /// <summary>A plain artifact: a layer a file, titled by its path, as ORAS writes it.</summary>
    Artifact,
}
