namespace Tracebloc.Signatures;

/// <summary>
/// The most that one verification may cost, whatever a registry serves; the time is the caller's. Beyond it there is no
/// verdict, and the outcome is <see cref="SignatureOutcome.Undecided"/>.
/// </summary>
/// <param name="Candidates">Signatures, and manifests that should hold one.</param>
/// <param name="Requests">Manifests, blobs and lists asked for. Retries, redirects and tokens are not counted.</param>
/// <param name="Bytes">Content received, also in place of what was asked for, in bytes.</param>
public sealed record VerificationLimits(int Candidates = 16, int Requests = 40, long Bytes = 8L << 20)
{
    /// <summary>The limits as they are by default.</summary>
    public static VerificationLimits Default { get; } = new();
}
