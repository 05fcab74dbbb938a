using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>The registry client of an image's settings: one for its blobs, its base image and its signatures.</summary>
internal static class ImageRegistry
{
    /// <summary>The name under which every registry sees this program.</summary>
    public const string Agent = "tracebloc-model-upload";

    /// <summary>Prepares connections; a host without TLS is found out where TLS is not verified.</summary>
    /// <param name="settings">The credentials and the TLS settings.</param>
    /// <param name="images">The images; the settings are for the hosts of all of them.</param>
    /// <param name="proxy">The environment's proxies.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels finding out.</param>
    public static async Task<RegistryClient> OpenAsync(
        OciSettings settings,
        IEnumerable<ImageReference> images,
        ProxySettings? proxy,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var hosts = new Dictionary<string, RegistryHostOptions>();
        foreach (var host in images.Select(image => image.Domain).Distinct())
            hosts[host] = new RegistryHostOptions
            {
                CaFile = settings.CustomCa,
                VerifiesTls = settings.VerifiesTls,
                Insecure = !settings.VerifiesTls && await PlainRegistry.IsPlainAsync(host, time, cancellationToken),
            };
        return new RegistryClient(
            new RegistryOptions
            {
                Hosts = hosts,
                Credentials = settings.Credentials,
                Proxy = proxy,
                UserAgent = Agent,
                CallTimeout = TimeSpan.FromSeconds(60),
                RetriesRateLimits = true,
            },
            time);
    }
}
