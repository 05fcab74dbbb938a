using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>
/// Looks for the signature of an image in the registry that serves it, and nowhere else. Both layouts of cosign are
/// read; one good signature suffices, however many others there are.
/// </summary>
/// <param name="registry">Asked for the signatures. It is not disposed.</param>
/// <param name="time">The clock of the deadline; null for the system's.</param>
/// <param name="limits">Of one verification; null for <see cref="VerificationLimits.Default"/>.</param>
public sealed class SignatureVerifier(
    RegistryClient registry, TimeProvider? time = null, VerificationLimits? limits = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly VerificationLimits _limits = limits ?? VerificationLimits.Default;

    /// <summary>Verifies that the image with this digest is signed by the policy's signer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public async Task<SignatureVerdict> VerifyAsync(
        ImageReference image, Digest digest, SignaturePolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(digest);
        ArgumentNullException.ThrowIfNull(policy);
        using var deadline = new Deadline(_limits.Deadline, _time, cancellationToken);
        try
        {
            return await VerifyInTimeAsync(image, digest, policy, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return Of(
                SignatureOutcome.Unavailable,
                $"no verdict: its signatures take longer than {_limits.Deadline.TotalSeconds:0.#} s");
        }
    }

    private async Task<SignatureVerdict> VerifyInTimeAsync(
        ImageReference image, Digest digest, SignaturePolicy policy, CancellationToken cancellationToken)
    {
        var (refused, unread) = (new List<Candidate>(), new List<Candidate>());
        var budget = new VerificationBudget(_limits);
        var source = new SignatureSource(registry, image, digest, budget);
        var search = new SignatureSearch(source, policy, budget);
        await foreach (var candidate in search.FindAsync(cancellationToken))
        {
            var fault = FaultOf(candidate, policy, policy.SignedAs ?? image, digest, out var signedAt);
            if (fault is null)
                return Of(SignatureOutcome.Verified, $"signed by {policy.Signer}") with { SignedAt = signedAt };
            (candidate.IsOutage ? unread : refused).Add(candidate with { Fault = fault });
        }
        if (unread is [var first, ..])
            return Of(SignatureOutcome.Unavailable, Reasons.Of(first.Place, first.Fault)) with
            {
                RetryAt = first.RetryAt,
            };
        if (budget.Exceeded is { } limit)
            return Of(SignatureOutcome.Unavailable, $"no verdict: {limit}");
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
