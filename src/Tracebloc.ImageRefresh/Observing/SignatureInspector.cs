using System.Text;
using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Net;
using Tracebloc.Registry;
using Tracebloc.Signatures;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Looks for the signatures of digests, for each once in a tick.</summary>
internal sealed class SignatureInspector(RegistryClient registry, TimeProvider time)
{
    private readonly SignatureVerifier _verifier = new(registry);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Image, SignatureOptions Options), Task<Fetched<SignatureEvidence>>> _found =
        [];

    public async Task<Fetched<SignatureEvidence>> InspectAsync(
        ImageReference image, Digest digest, SignatureOptions options, CancellationToken token)
    {
        try
        {
            return await EvidenceAsync(image, digest, options, token);
        }
        catch (ConfigurationException unusable)
        {
            return new() { Verdict = Verdict.Ok, Value = new(false, "") { Fault = unusable.Message } };
        }
    }

    private Task<Fetched<SignatureEvidence>> EvidenceAsync(
        ImageReference image, Digest digest, SignatureOptions options, CancellationToken token)
    {
        lock (_gate)
        {
            var asked = (image.At(digest), options);
            if (!_found.TryGetValue(asked, out var evidence))
                _found[asked] = evidence = VerifyAsync(image, digest, options, token);
            return evidence;
        }
    }

    private async Task<Fetched<SignatureEvidence>> VerifyAsync(
        ImageReference image, Digest digest, SignatureOptions options, CancellationToken token)
    {
        using var deadline = new Deadline(Deadlines.Verification, time, token);
        try
        {
            return await VerifyInTimeAsync(image, digest, options, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return Unavailable($"no verdict within {Duration.Format(Deadlines.Verification)}");
        }
    }

    private async Task<Fetched<SignatureEvidence>> VerifyInTimeAsync(
        ImageReference image, Digest digest, SignatureOptions options, CancellationToken token)
    {
        var verdict = await _verifier.VerifyAsync(image, digest, PolicyOf(options), token);
        if (verdict.Outcome is SignatureOutcome.Unavailable)
            return Unavailable(verdict.Message, verdict.RetryAt);
        var isVerified = verdict.Outcome is SignatureOutcome.Verified;
        var evidence = new SignatureEvidence(isVerified, verdict.Message)
        {
            IsUndecided = verdict.Outcome is SignatureOutcome.Undecided,
            SignedAt = verdict.SignedAt,
        };
        if (!isVerified || options.NotOlderThan is null || evidence.SignedAt is not null)
            return new() { Verdict = Verdict.Ok, Value = evidence };
        // Only a log or a timestamp authority proves when a signature was made.
        var age = await ImageAge.ReadAsync(registry, image, digest, token);
        return age.As(configuration => evidence with { CreatedAt = configuration.Created });
    }

    private static Fetched<SignatureEvidence> Unavailable(string message, DateTimeOffset? retryAt = null) => new()
    {
        Verdict = Verdict.Transient,
        Message = $"its signature could not be looked up: {message}",
        RetryAt = retryAt,
    };

    private static SignaturePolicy PolicyOf(SignatureOptions options)
    {
        var policy = options switch
        {
            { KeyFile: { } file } => ReferencedFile.Read(file, (byte[] pem, out string? fault) =>
                SignaturePolicy.OfKey(Encoding.UTF8.GetString(pem), file, out fault)),
            { Keyless: { } signer } => ReferencedFile.Read(signer.TrustRootFile, (byte[] root, out string? fault) =>
                SignaturePolicy.OfIdentity(signer.Issuer, signer.Identity, root, out fault)),
            _ => throw new InvalidOperationException("The configuration names neither a key nor an identity."),
        };
        return policy with { SignedAs = options.SignedAs };
    }
}
