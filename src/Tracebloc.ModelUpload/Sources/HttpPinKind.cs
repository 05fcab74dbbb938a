namespace Tracebloc.ModelUpload.Sources;

/// <summary>The validators of web servers, the strongest first.</summary>
internal enum HttpPinKind
{
    /// <summary>A strong one; a weak one stands for equal meaning, not for equal bytes.</summary>
    ETag,

    /// <summary>A hash that the server states.</summary>
    Sha256,

    /// <summary>A date that is a strong validator.</summary>
    Modified,

    None,
}
