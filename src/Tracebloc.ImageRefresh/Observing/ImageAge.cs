using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Reads when an image was made, by the configuration that its digest covers.</summary>
internal static class ImageAge
{
    /// <summary>The manifest, of an index the first one's, and its configuration: three GETs at most.</summary>
    public static async Task<Fetched<ImageConfiguration>> ReadAsync(
        RegistryClient registry, ImageReference image, Digest digest, CancellationToken token)
    {
        var manifest = await GetManifestAsync(registry, image, digest, token);
        if (manifest.Value is { Config: null, Manifests: [var first, ..] })
            manifest = await GetManifestAsync(registry, image, first.Digest, token);
        if (manifest.Value is not { Config: { } configuration })
            return manifest.As(_ => new ImageConfiguration());
        var blob = await registry.GetBlobAsync(image, configuration.Digest, token);
        return blob.As(Read);
    }

    private static Task<Fetched<Manifest>> GetManifestAsync(
        RegistryClient registry, ImageReference image, Digest digest, CancellationToken token) =>
        registry.GetManifestAsync(ImageReference.Parse(image.At(digest)), token);

    private static ImageConfiguration Read(byte[] blob)
    {
        try
        {
            return JsonSerializer.Deserialize(blob, ImageConfigurationContext.Default.ImageConfiguration) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}

/// <summary>The part of an image's configuration that is read (OCI image spec).</summary>
internal sealed record ImageConfiguration
{
    // Reproducible builds write the epoch, as jib does, or the start of ZIP's time, 1980, as buildpacks do; each may be
    // a second more.
    private static readonly DateTimeOffset LastConstant = new(1980, 1, 1, 0, 0, 1, TimeSpan.Zero);

    /// <summary>The time of the build; null for none, and for those that reproducible builds write.</summary>
    public DateTimeOffset? Created { get; init => field = value > LastConstant ? value : null; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImageConfiguration))]
internal sealed partial class ImageConfigurationContext : JsonSerializerContext;
