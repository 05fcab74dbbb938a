using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>
/// Looks for the signature of an image in the registry that serves it, and nowhere else. Both layouts of cosign are
/// read; one good signature suffices, however many others there are.
/// </summary>
/// <param name="registry">Asked for the signatures. It is not disposed.</param>
/// <param name="limits">Of one verification; null for <see cref="VerificationLimits.Default"/>.</param>
public sealed class SignatureVerifier(RegistryClient registry, VerificationLimits? limits = null)
{
    private readonly VerificationLimits _limits = limits ?? VerificationLimits.Default;

    /// <summary>Verifies that the image with this digest is signed by the policy's signer.</summary>
    /// <param name="image">The image, or its repository.</param>
    /// <param name="digest">The digest to be verified.</param>
    /// <param name="policy">The signer.</param>
    /// <param name="cancellationToken">Also of the deadline: a registry may take minutes over 40 requests.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public async Task<SignatureVerdict> VerifyAsync(
        ImageReference image, Digest digest, SignaturePolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(digest);
        ArgumentNullException.ThrowIfNull(policy);
        var (refused, unread, large) = (new List<Candidate>(), new List<Candidate>(), new List<Candidate>());
        var budget = new VerificationBudget(_limits);
        var source = new SignatureSource(registry, image, digest, budget);
        var search = new SignatureSearch(source, policy, budget);
        await foreach (var candidate in search.FindAsync(cancellationToken))
        {
            var fault = FaultOf(candidate, policy, policy.SignedAs ?? image, digest, out var signedAt);
            if (fault is null)
                return Of(SignatureOutcome.Verified, $"signed by {policy.Signer}") with { SignedAt = signedAt };
            var those = candidate.IsOutage ? unread : candidate.IsTooLarge ? large : refused;
            those.Add(candidate with { Fault = fault });
        }
        var retryAt = unread.Max(candidate => candidate.RetryAt);
        // An outage beside too many signatures does not make them fewer; only a rate limit has a time of its own.
        if (budget.Exceeded is { } limit && retryAt is null)
            return Of(SignatureOutcome.Undecided, $"no verdict: {limit}");
        if (unread is [var first, ..])
            return Of(SignatureOutcome.Unavailable, Reasons.Of(first.Place, first.Fault)) with { RetryAt = retryAt };
        if (large is [var one, ..])
            return Of(SignatureOutcome.Undecided, $"no verdict: {Reasons.Of(one.Place, one.Fault)}");
        return refused is []
            ? Of(SignatureOutcome.Unsigned, $"the registry has no signature of {digest}")
            : Of(SignatureOutcome.Refused, $"no signature by {policy.Signer}: {Reasons.Of(refused)}");
    }

    // The signer is verified first: content signed by a stranger is not parsed.
    private static string? FaultOf(
        Candidate candidate,
        SignaturePolicy policy,
        ImageReference repository,
        Digest digest,
        out DateTimeOffset? signedAt)
    {
        signedAt = null;
        return candidate.Signature is { } signature
            ? policy.FaultOf(signature, out signedAt) ?? signature.Content.FaultFor(repository, digest)
            : candidate.Fault ?? "it cannot be read";
    }

    private static SignatureVerdict Of(SignatureOutcome outcome, string message) =>
        new() { Outcome = outcome, Message = message };
}
