namespace Tracebloc.Registry;

/// <summary>The requests in which a registry takes a large blob.</summary>
public enum UploadForm
{
    /// <summary>Chunks of a stated length in sequence, each one PATCH.</summary>
    Chunks,

    /// <summary>One PATCH of any length, with chunked transfer encoding.</summary>
    Stream,

    /// <summary>One PUT with the whole blob, or one streamed PATCH where its digest is unknown before.</summary>
    Whole,
}
