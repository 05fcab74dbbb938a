namespace Tracebloc.Signatures;

/// <summary>The outcome of a search for an image's signature.</summary>
public enum SignatureOutcome
{
    /// <summary>The image is signed as it has to be.</summary>
    Verified,

    /// <summary>The registry answered, and there is no signature of the image.</summary>
    Unsigned,

    /// <summary>The image is signed, and no signature is one that is asked for.</summary>
    Refused,

    /// <summary>
    /// The registry has more than is read (<see cref="VerificationLimits"/>), and in what was read there is no good
    /// signature. It is neither signed nor unsigned, and likely to stay so.
    /// </summary>
    Undecided,

    /// <summary>
    /// The registry could not be asked for all there is. It is neither signed nor unsigned; ask again later.
    /// </summary>
    Unavailable,
}
