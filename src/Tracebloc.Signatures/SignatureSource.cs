using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>
/// Asks the registry for what lies beside an image, within a budget. Every answer is null when the budget is spent.
/// </summary>
internal sealed class SignatureSource(
    RegistryClient registry, ImageReference image, Digest digest, VerificationBudget budget)
{
    /// <summary>The bytes of a signature, or of a manifest that lists some.</summary>
    public const int MaxSize = 1 << 20;

    // cosign's tag holds the whole digest, and a tag at most 128 characters: sha512 has none.
    private const int MaxTagLength = 128;

    private Fetched<byte[]>? _image;

    /// <summary>The tag that cosign signs the image under; null when it has none.</summary>
    public string? Tag => $"{digest.Algorithm}-{digest.Hex}.sig" is { Length: <= MaxTagLength } tag ? tag : null;

    public Task<Fetched<Manifest>?> ReadTagAsync(string tag, CancellationToken cancellationToken) =>
        ReadAsync(ImageReference.Parse($"{image.Repository}:{tag}"), cancellationToken);

    public Task<Fetched<Manifest>?> ReadManifestAsync(Digest referrer, CancellationToken cancellationToken) =>
        ReadAsync(ImageReference.Parse(image.At(referrer)), cancellationToken);

    public Task<Fetched<ReferrerList>?> ListReferrersAsync(
        ReferrerFilter filter, CancellationToken cancellationToken) =>
        AskAsync(() => registry.GetReferrersAsync(image, digest, filter, cancellationToken), list => list.Bytes);

    public Task<Fetched<byte[]>?> ReadBlobAsync(Digest blob, CancellationToken cancellationToken) =>
        AskAsync(() => registry.GetBlobAsync(image, blob, MaxSize, cancellationToken), content => content.Length);

    /// <summary>The image's own manifest, which is fetched once.</summary>
    public async Task<Fetched<byte[]>?> ReadImageAsync(CancellationToken cancellationToken) =>
        _image ??= await AskAsync(
            () => registry.GetManifestContentAsync(ImageReference.Parse(image.At(digest)), cancellationToken),
            content => content.Length);

    private Task<Fetched<Manifest>?> ReadAsync(ImageReference reference, CancellationToken cancellationToken) =>
        AskAsync(
            () => registry.GetManifestAsync(reference, MaxSize, cancellationToken),
            manifest => manifest.Content.Length);

    private async Task<Fetched<T>?> AskAsync<T>(Func<Task<Fetched<T>>> ask, Func<T, long> sizeOf) where T : class
    {
        if (!budget.TryAsk())
            return null;
        var answer = await ask();
        if (answer.IsOk)
            budget.Receive(sizeOf(answer.Value));
        return answer;
    }
}
