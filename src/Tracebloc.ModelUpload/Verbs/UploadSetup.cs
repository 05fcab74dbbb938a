using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Moving;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;
using Tracebloc.ModelUpload.Signing;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;
using Tracebloc.Signatures;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary>The parts of a run from its request; with <see cref="Sides"/> the program's place of composition.</summary>
internal sealed class UploadSetup : IAsyncDisposable
{
    private readonly Sides _sides;
    private readonly ModelRegistryClient _registry;
    private readonly SigstoreSigner? _signer;

    private UploadSetup(Sides sides, UploadParts parts, ModelRegistryClient registry, Transfer transfer) =>
        (_sides, Parts, _registry, _signer, Transfer) =
            (sides, parts, registry, parts.Signer as SigstoreSigner, transfer);

    public UploadParts Parts { get; }

    /// <summary>The means of the transfer, without a count of its bytes.</summary>
    public Transfer Transfer { get; }

    public static async Task<UploadSetup> OpenAsync(
        UploadRequest request, ProgramContext context, CancellationToken cancellationToken)
    {
        var proxy = ProxySettings.FromEnvironment(context.Variable);
        var transfer = TransferOf(request.Moving, context.Time);
        var sides = new Sides(request, context, proxy, transfer);
        var source = await sides.SourceAsync(cancellationToken);
        var destination = await sides.DestinationAsync(cancellationToken);
        var registry = ModelRegistryClient.Open(
            request.Registry,
            proxy,
            ImageRegistry.Agent,
            context.Time,
            new RetryPauses(TimeSpan.FromSeconds(20), Random.Shared.NextDouble));
        var registration = Registration.Of(
            registry, request.Intent, request.Metadata, IdentityOf(request, destination.Name, context));
        var signer = request.Signing.IsOn ? Signer(request, sides, context, proxy) : null;
        return new UploadSetup(
            sides, new UploadParts(source, destination, registration, signer), registry, transfer);
    }

    public async ValueTask DisposeAsync()
    {
        await Parts.Source.DisposeAsync();
        await Parts.Destination.DisposeAsync();
        _signer?.Dispose();
        _registry.Dispose();
        _sides.Dispose();
    }

    private static Transfer TransferOf(MovingSettings moving, TimeProvider time) => new(
        new MemoryBudget(moving.MemoryBudget ?? MemoryLimit.OfContainer()),
        new RateLimit(moving.BandwidthLimit, time),
        new UncountedProgress(),
        new RetryRule(time, Random.Shared),
        time);

    private static RunIdentity IdentityOf(UploadRequest request, string destination, ProgramContext context) =>
        new(RunKey.Of(request.Intent, request.Metadata, destination))
        {
            Author = request.Registry.Author,
            JobNamespace = context.Variable("JOB_NAMESPACE"),
            JobName = context.Variable("JOB_NAME"),
        };

    private static SigstoreSigner Signer(
        UploadRequest request, Sides sides, ProgramContext context, ProxySettings? proxy) =>
        new(
            new SigningMeans(
                request.Signing,
                request.Moving.StoragePath,
                new ServiceConnection { Proxy = proxy },
                context.Time),
            sides.Images);
}
