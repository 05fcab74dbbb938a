using System.Text;
using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;
using Tracebloc.Signatures;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Looks for the signatures of digests, for each once in a tick.</summary>
internal sealed class SignatureInspector(RegistryClient registry)
{
    private readonly SignatureVerifier _verifier = new(registry);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Image, SignatureOptions Options), Task<SignatureVerdict>> _verdicts = [];

    public async Task<Fetched<SignatureEvidence>> InspectAsync(
        ImageReference image, Digest digest, SignatureOptions options, CancellationToken token)
    {
        try
        {
            var verdict = await VerdictAsync(image, digest, options, token);
            var isVerified = verdict.Outcome is SignatureOutcome.Verified;
            return verdict.Outcome is SignatureOutcome.Unavailable
                ? new()
                {
                    Verdict = Verdict.Transient,
                    Message = $"its signature could not be looked up: {verdict.Message}",
                    RetryAt = verdict.RetryAt,
                }
                : new() { Verdict = Verdict.Ok, Value = new(isVerified, verdict.Message) };
        }
        catch (ConfigurationException unusable)
        {
            return new() { Verdict = Verdict.Ok, Value = new(false, "") { Fault = unusable.Message } };
        }
    }

    private Task<SignatureVerdict> VerdictAsync(
        ImageReference image, Digest digest, SignatureOptions options, CancellationToken token)
    {
        lock (_gate)
        {
            var asked = (image.At(digest), options);
            if (!_verdicts.TryGetValue(asked, out var verdict))
                _verdicts[asked] = verdict = _verifier.VerifyAsync(image, digest, PolicyOf(options), token);
            return verdict;
        }
    }

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
