using Tracebloc.Net;
using Tracebloc.Signatures;
using Tracebloc.Signatures.Signing;
using Tracebloc.Signatures.Tuf;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>The signer that the run's own signatures must verify against.</summary>
internal static class SigningTrust
{
    /// <summary>The folder below the storage path in which TUF remembers what it trusted.</summary>
    public const string CacheFolder = "tuf";

    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The holder of a key.</summary>
    public static SignaturePolicy OfKey(SigningKey key, string path) =>
        SignaturePolicy.OfKey(key.PublicKeyPem, path, out var fault)
            ?? throw SigningFault.Of($"Signing key {path} cannot be used: {fault}");

    /// <summary>The identity of a token, by the trusted root of a file or of TUF.</summary>
    /// <exception cref="UploadException">Token or trusted root cannot be had.</exception>
    public static async Task<SignaturePolicy> OfTokenAsync(
        string tokenPath, SigningMeans means, CancellationToken cancellationToken)
    {
        var identity = await SigningFault.GuardAsync(
            "Identity token", token => IdentityToken.ReadFileAsync(tokenPath, token), cancellationToken);
        var root = await RootAsync(means, cancellationToken);
        return SignaturePolicy.OfIdentity(identity.Issuer, identity.ExpectedIdentity, root.Span, out var fault)
            ?? throw SigningFault.Of($"Trusted root cannot be used: {fault}");
    }

    private static async Task<ReadOnlyMemory<byte>> RootAsync(SigningMeans means, CancellationToken cancellationToken)
    {
        var settings = means.Settings;
        if (settings.TrustedRootPath is { } path)
            return await SigningFile.ReadAsync("Trusted root", path, MaxBytes, cancellationToken);
        if (settings.TufUrl is not { } address)
            throw SigningFault.Of("Trusted root is missing: set SIGSTORE_TUF_URL or --trusted-root");
        var anchor = settings.TufRootPath is { } anchored
            ? await SigningFile.ReadAsync("TUF root", anchored, MaxBytes, cancellationToken)
            : null;
        using var client = new TufClient(
            new TufRepository(address, Path.Combine(means.StoragePath, CacheFolder))
            {
                Root = anchor is null ? null : new ReadOnlyMemory<byte>(anchor),
            },
            means.Connection,
            means.Time);
        using var deadline = new Deadline(SigningDeadlines.Trust, means.Time, cancellationToken);
        return await SigningFault.GuardAsync(
            "Trusted root", token => client.GetTargetAsync(TufClient.TrustedRoot, token), deadline.Token);
    }
}
