using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Brings the layers of a base image to a repository, where it lacks them.</summary>
internal sealed class BaseCopy(IOciRegistry registry, ImageReference target)
{
    private const int Attempts = 5;

    /// <summary>Mounts or streams each layer once.</summary>
    /// <returns>The bytes that were sent.</returns>
    /// <exception cref="UploadException">One of the registries failed.</exception>
    public async Task<long> RunAsync(BaseImage image, CancellationToken cancellationToken)
    {
        var sent = 0L;
        foreach (var layer in image.Platforms.SelectMany(platform => platform.Layers).DistinctBy(layer => layer.Digest))
        {
            if (!await registry.HasAsync(target, layer.Digest, cancellationToken)
                && !await MountAsync(image.Image, layer.Digest, cancellationToken))
                sent += await StreamAsync(image.Image, layer, cancellationToken);
        }

        return sent;
    }

    private async Task<bool> MountAsync(ImageReference from, Digest digest, CancellationToken cancellationToken) =>
        from.Domain == target.Domain && await registry.MountAsync(target, digest, from, cancellationToken);

    private async Task<long> StreamAsync(ImageReference from, Descriptor layer, CancellationToken cancellationToken)
    {
        var content = new BlobContent(
            layer.Size, layer.Digest, (offset, token) => registry.OpenAsync(from, layer.Digest, offset, token));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await registry.PushAsync(target, content, cancellationToken)).SentBytes;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // The base's own connection broke; the next attempt opens another.
            }
            catch (IOException e)
            {
                throw UploadException.OfDestination(
                    $"Layer {layer.Digest} of the base image {from} broke off {attempt} times: {e.Message}; "
                        + "start again",
                    e,
                    isTransient: true);
            }
        }
    }
}
