using Tracebloc.ModelUpload.Options;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>The private key of <c>--signing-key</c>.</summary>
internal static class KeyFile
{
    private const int MaxBytes = 64 * 1024;

    /// <exception cref="UploadException">The file holds no key that can sign.</exception>
    public static async Task<SigningKey> ReadAsync(
        string path, SigningSettings settings, CancellationToken cancellationToken)
    {
        var pem = await SigningFile.ReadTextAsync("Signing key", path, MaxBytes, cancellationToken);
        return SigningKey.Read(pem, settings.KeyPassword?.Reveal(), out var fault)
            ?? throw SigningFault.Of($"Signing key {path} cannot be used: {fault}");
    }
}
