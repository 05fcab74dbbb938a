using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>The results for the images of one file, in the order of the file or of the given paths.</summary>
internal sealed record PinReport(PinOptions Options, IReadOnlyList<PinnedImage> Images)
{
    /// <summary>All or nothing: a file of which half is pinned belongs to no release.</summary>
    public bool IsWritten =>
        !Options.DryRun && !Has(PinOutcome.Unresolved) && Images.Any(image => image.Value is not null);

    /// <summary>A stale pin comes first, as in the table of exit codes.</summary>
    public int ExitCode =>
        Has(PinOutcome.Stale) ? ExitCodes.Usage
        : Has(PinOutcome.Unresolved) ? ExitCodes.Registry
        : ExitCodes.Done;

    public bool Has(PinOutcome outcome) => Images.Any(image => image.Outcome == outcome);
}
