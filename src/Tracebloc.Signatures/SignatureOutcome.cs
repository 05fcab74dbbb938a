namespace Tracebloc.Signatures;

/// <summary>What looking for an image's signature came to.</summary>
public enum SignatureOutcome
{
    /// <summary>The image is signed as it has to be.</summary>
    Verified,

    /// <summary>The registry answered, and nobody has signed the image.</summary>
    Unsigned,

    /// <summary>The image is signed, and no signature is one that is asked for.</summary>
    Refused,

    /// <summary>
    /// The registry could not be asked for all there is. It is neither signed nor unsigned; ask again later.
    /// </summary>
    Unavailable,
}
