namespace Tracebloc.Signatures;

/// <summary>
/// The most that one verification may cost, whatever a registry serves. Beyond it there is no verdict, and the outcome
/// is <see cref="SignatureOutcome.Unavailable"/>.
/// </summary>
/// <param name="Deadline">From the first request to the verdict.</param>
/// <param name="Candidates">Signatures, and manifests that should hold one.</param>
/// <param name="Requests">Manifests, blobs and lists asked for. Retries, redirects and tokens are not counted.</param>
/// <param name="Bytes">Content received, in bytes.</param>
public sealed record VerificationLimits(
    TimeSpan Deadline, int Candidates = 16, int Requests = 40, long Bytes = 8L << 20)
{
    /// <summary>30 seconds, and the other limits as they are by default.</summary>
    public static VerificationLimits Default { get; } = new(TimeSpan.FromSeconds(30));
}
