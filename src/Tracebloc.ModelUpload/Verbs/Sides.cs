using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Archives;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Signing;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary>
/// The source and the destination of a request, and the registry clients that they share with signing.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="context">The clock and the log.</param>
/// <param name="proxy">The environment's proxies.</param>
/// <param name="transfer">The means of the run, for archives that must be unpacked first.</param>
internal sealed partial class Sides(
    UploadRequest request, ProgramContext context, ProxySettings? proxy, Transfer transfer) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>The signatures of the open destination's repository; null where it is no registry.</summary>
    public ImageSignatures? Images { get; private set; }

    public async Task<IModelSource> SourceAsync(CancellationToken cancellationToken) => request.Source switch
    {
        { S3: { } s3 } => new S3Source(S3Store.Open(s3, StoreRole.Source, proxy, transfer.Retry, context.Time)),
        { Oci: { } oci } => new OciSource(
            oci.Image,
            new OciBlobs(await RegistryAsync(oci, [oci.Image], cancellationToken), oci.Image, context.Time)),
        { Uri: { } uri } => OfUri(uri),
        { Volume: { } volume } => new VolumeSource(volume),
        _ => throw new UploadException(UploadExit.Usage, "The source is missing: set --source-type"),
    };

    public async Task<IModelDestination> DestinationAsync(CancellationToken cancellationToken) =>
        request.Destination switch
        {
            { S3: { } s3 } => new S3Destination(
                S3Store.Open(s3, StoreRole.Destination, proxy, transfer.Retry, context.Time)),
            { Oci: { } oci } => await OfRegistryAsync(oci, cancellationToken),
            { Volume: { } volume } => new VolumeDestination(volume),
            _ => throw new UploadException(UploadExit.Usage, "The destination is missing: set --destination-type"),
        };

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    // An archive is unpacked, as today's job does; elsewhere it is a file like any other.
    private IModelSource OfUri(UriSettings uri)
    {
        var store = WebStore.Open(uri, proxy, new WebDeadlines(), context.Time);
        if (uri.Uri.StartsWith("hf://", StringComparison.Ordinal))
            return HuggingFaceSource.Open(uri, store, transfer.Retry);
        var web = HttpSource.Open(uri, store, transfer.Retry, warning => LogWarning(context.Logger, warning));
        return ArchiveName.KindOf(web.FileName) is null
            ? web
            : new ArchiveSource(web, Scratch("archive"), new ArchiveLimits(), transfer);
    }

    private async Task<OciDestination> OfRegistryAsync(
        OciDestinationSettings oci, CancellationToken cancellationToken)
    {
        var registry = await RegistryAsync(oci.Target, [oci.Target.Image, oci.BaseImage], cancellationToken);
        Images = new ImageSignatures(registry, oci.Target.Image);
        return new OciDestination(oci, new OciRegistry(registry), Scratch("spool"));
    }

    // One folder a process: a Job's pods share no scratch, and a volume may be used by two Jobs.
    private string Scratch(string name) =>
        Path.Combine(request.Moving.StoragePath, $"run-{Environment.ProcessId}", name);

    private async Task<RegistryClient> RegistryAsync(
        OciSettings settings, IReadOnlyList<ImageReference> images, CancellationToken cancellationToken)
    {
        var registry = await ImageRegistry.OpenAsync(settings, images, proxy, context.Time, cancellationToken);
        _owned.Add(registry);
        return registry;
    }

    [LoggerMessage(972, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
