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
        AskAsync(
            token => registry.GetReferrersAsync(image, digest, filter, token), list => list.Bytes, cancellationToken);

    public Task<Fetched<byte[]>?> ReadBlobAsync(Digest blob, CancellationToken cancellationToken) =>
        AskAsync(
            token => registry.GetBlobAsync(image, blob, MaxSize, token), content => content.Length, cancellationToken);

    /// <summary>The image's own manifest, which is fetched once.</summary>
    public async Task<Fetched<byte[]>?> ReadImageAsync(CancellationToken cancellationToken) =>
        _image ??= await AskAsync(
            token => registry.GetManifestContentAsync(ImageReference.Parse(image.At(digest)), token),
            content => content.Length,
            cancellationToken);

    private Task<Fetched<Manifest>?> ReadAsync(ImageReference reference, CancellationToken cancellationToken) =>
        AskAsync(
            token => registry.GetManifestAsync(reference, MaxSize, token),
            manifest => manifest.Content.Length,
            cancellationToken);

    private async Task<Fetched<T>?> AskAsync<T>(
        Func<CancellationToken, Task<Fetched<T>>> ask, Func<T, long> sizeOf, CancellationToken cancellationToken)
        where T : class
    {
        if (!budget.TryAsk())
            return null;
        var answer = await ask(cancellationToken);
        budget.Receive(answer.IsOk ? sizeOf(answer.Value) : answer.Bytes);
        return answer;
    }
}
