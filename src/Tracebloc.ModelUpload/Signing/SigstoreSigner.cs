using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Models;
using Tracebloc.Net;
using Tracebloc.Registry;
using Tracebloc.Signatures;
using Tracebloc.Signatures.Models;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>Signs models by OpenSSF Model Signing and images as cosign does, by a key or keyless.</summary>
/// <param name="means">The options and the services.</param>
/// <param name="images">The registry of the destination; null for one that is none.</param>
internal sealed class SigstoreSigner(SigningMeans means, ImageSignatures? images) : IModelSigner, IDisposable
{
    private const string ServiceAccountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private (Signer Signer, SigningKey? Key, SignaturePolicy Policy)? _ready;

    public IReadOnlyList<string> Intentions =>
    [
        $"{SignatureFile.Name} over the published files, {Maker}",
        .. images is null ? (IEnumerable<string>)[] : [$"the image by its digest, {Maker}"],
    ];

    private string Maker => means.Settings.KeyPath is { } key ? $"by the key {key}" : $"by the identity of {TokenPath}";

    private string TokenPath => means.Settings.IdentityTokenPath ?? ServiceAccountToken;

    public async Task CheckAsync(CancellationToken cancellationToken) => await ReadyAsync(cancellationToken);

    public async Task<ReadOnlyMemory<byte>> SignModelAsync(
        string name, IReadOnlyList<PublishedFile> files, CancellationToken cancellationToken)
    {
        var published = files.Select(file => new ModelFile(file.Path.Text, ContentOf(file))).ToList();
        var statement = ModelStatement.Of(name, published, [SignatureFile.Name], out var fault)
            ?? throw SigningFault.Of($"Model cannot be signed: {fault}");
        var bundle = await SignAsync("Model signature", statement.ToPayload(), cancellationToken);
        var (_, _, policy) = await ReadyAsync(cancellationToken);
        Require("Model signature", BundleVerifier.VerifyModel(bundle.Content, policy, published));
        return bundle.Content;
    }

    public async Task SignPublicationAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (images is null || publication.Digest is not { } digest)
            return;
        var (_, _, policy) = await ReadyAsync(cancellationToken);
        var bundle = await SignAsync("Image signature", ImageStatement.PayloadOf(digest), cancellationToken);
        Require("Image signature", BundleVerifier.VerifyImage(bundle.Content, policy, images.Repository, digest));
        await images.StoreAsync(bundle, digest, means.Time.GetUtcNow(), cancellationToken);
        // What the registry serves counts, not what was sent to it.
        Require("Image signature", await images.VerifyAsync(digest, policy, cancellationToken));
    }

    public void Dispose()
    {
        _ready?.Signer.Dispose();
        _ready?.Key?.Dispose();
    }

    private async Task<SignedBundle> SignAsync(
        string subject, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (signer, _, _) = await ReadyAsync(cancellationToken);
        using var deadline = new Deadline(SigningDeadlines.Signature, means.Time, cancellationToken);
        return await SigningFault.GuardAsync(
            subject, token => signer.SignAsync(payload, ModelStatement.PayloadType, token), deadline.Token);
    }

    private async Task<(Signer Signer, SigningKey? Key, SignaturePolicy Policy)> ReadyAsync(
        CancellationToken cancellationToken) =>
        _ready ??= means.Settings.KeyPath is { } path
            ? await ByKeyAsync(path, cancellationToken)
            : await KeylessAsync(cancellationToken);

    private async Task<(Signer, SigningKey?, SignaturePolicy)> ByKeyAsync(
        string path, CancellationToken cancellationToken)
    {
        var key = await KeyFile.ReadAsync(path, means.Settings, cancellationToken);
        return (Guarded(() => Signer.OfKey(key, means.Services, means.Time)), key, SigningTrust.OfKey(key, path));
    }

    private async Task<(Signer, SigningKey?, SignaturePolicy)> KeylessAsync(CancellationToken cancellationToken)
    {
        var policy = await SigningTrust.OfTokenAsync(TokenPath, means, cancellationToken);
        return (Guarded(() => Signer.Keyless(TokenPath, means.Services, means.Time)), null, policy);
    }

    private static Signer Guarded(Func<Signer> make)
    {
        try
        {
            return make();
        }
        catch (SigningException fault)
        {
            throw SigningFault.Of($"Signing is not configured: {fault.Message}", fault);
        }
    }

    private static Digest ContentOf(PublishedFile file) => file.Content
        ?? throw SigningFault.Of($"Model cannot be signed: the SHA-256 of {file.Path} is unknown");

    private static void Require(string subject, SignatureVerdict verdict)
    {
        if (verdict.Outcome != SignatureOutcome.Verified)
            throw SigningFault.Of($"{subject} does not verify: {verdict.Message}");
    }
}
