using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Planning;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>The checks before the first byte: all sides at the same time, and all their faults at once.</summary>
internal static class Checks
{
    /// <param name="parts">The sides.</param>
    /// <param name="isWriting">True starts and aborts an upload at the destination; a plan only reads.</param>
    /// <param name="cancellationToken">Cancels all of them.</param>
    /// <exception cref="UploadException">The faults of all sides; the exit code is the first one's.</exception>
    public static async Task<Checked> RunAsync(UploadParts parts, bool isWriting, CancellationToken cancellationToken)
    {
        var listing = StartAsync(parts.Source.ListAsync, cancellationToken);
        var registry = StartAsync(parts.Registration.CheckAsync, cancellationToken);
        var destination = DestinationAsync(parts, isWriting, cancellationToken);
        var signing = SigningAsync(parts, cancellationToken);
        var plan = PlanAsync(parts, listing, cancellationToken);
        await AllAsync([listing, destination, plan, registry, signing], cancellationToken);
        var (files, going, observed) = (await listing, await plan, await registry);
        return new Checked(
            new UploadPlan
            {
                Source = parts.Source.Name,
                Destination = parts.Destination.Name,
                Parts = going.Parts,
                LeftOut = files.LeftOut,
                RegistryCalls = observed.Calls,
                Signatures = parts.Signer?.Intentions ?? [],
                Notes = [.. going.Notes, .. observed.Warnings],
            },
            going);
    }

    // A fault before the first await is one of the faults, too.
    private static async Task<T> StartAsync<T>(
        Func<CancellationToken, Task<T>> check, CancellationToken cancellationToken) => await check(cancellationToken);

    private static async Task DestinationAsync(
        UploadParts parts, bool isWriting, CancellationToken cancellationToken)
    {
        if (isWriting)
            await parts.Destination.CheckAsync(cancellationToken);
    }

    private static async Task SigningAsync(UploadParts parts, CancellationToken cancellationToken)
    {
        if (parts.Signer is { } signer)
            await signer.CheckAsync(cancellationToken);
    }

    private static async Task<DestinationPlan> PlanAsync(
        UploadParts parts, Task<SourceListing> listing, CancellationToken cancellationToken) =>
        await parts.Destination.PlanAsync(parts.Source, await listing, cancellationToken);

    private static async Task AllAsync(IReadOnlyList<Task> checks, CancellationToken cancellationToken)
    {
        await Task.WhenAll(checks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        var faults = checks.Where(check => check.IsFaulted)
            .Select(check => check.Exception?.InnerException)
            .OfType<Exception>()
            .Distinct()
            .ToList();
        if (faults.Count > 1 && faults.All(fault => fault is UploadException))
            throw Together([.. faults.OfType<UploadException>()]);
        foreach (var check in checks)
            await check;
    }

    private static UploadException Together(IReadOnlyList<UploadException> faults) =>
        new(faults[0].ExitCode, string.Join("; ", faults.Select(fault => fault.Message)), faults[0])
        {
            IsTransient = faults.All(fault => fault.IsTransient),
        };
}
