using System.Text.Json;
using FetchedPlatforms = Tracebloc.Registry.Fetched<
    System.Collections.Generic.IReadOnlyList<Tracebloc.Registry.PlatformManifest>>;

namespace Tracebloc.Registry;

internal sealed partial class RegistryCall
{
    public async Task<FetchedPlatforms> GetPlatformsAsync(ImageReference image, CancellationToken cancellationToken)
    {
        var fetched = await GetManifestAsync(image, HttpCall.LargestBody, cancellationToken);
        if (fetched.Value?.Config is not { } config)
            return fetched.As(PlatformsOf);
        // A manifest without index has its platform in its configuration only (OCI image spec, image configuration).
        var blob = await GetBlobAsync(image, config.Digest, HttpCall.LargestBody, cancellationToken);
        if (!blob.IsOk)
            return FetchedPlatforms.Failed(blob);
        var digest = Digest.Of(fetched.Value.Content.Span);
        return PlatformOf(blob.Value) is { } platform
            ? FetchedPlatforms.Of([new(platform, image.Digest ?? digest)])
            : FetchedPlatforms.Failed(
                Verdict.Invalid, $"{image.At(digest)}: its configuration {config.Digest} is not JSON; push it again");
    }

    // BuildKit lists its attestations as manifests for unknown/unknown, which nothing runs.
    private static IReadOnlyList<PlatformManifest> PlatformsOf(Manifest index) =>
    [
        .. from child in index.Manifests
           let platform = child.Platform
           where platform is not null && platform.Os != "unknown"
           select new PlatformManifest(platform, child.Digest),
    ];

    private static Platform? PlatformOf(byte[] configuration)
    {
        try
        {
            return JsonSerializer.Deserialize(configuration, ManifestJson.Default.Platform);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
