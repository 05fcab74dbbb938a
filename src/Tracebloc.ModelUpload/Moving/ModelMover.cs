using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>Moves the parts of a model, several at a time, the largest first.</summary>
internal static class ModelMover
{
    // More hides the wait of one connection behind another's; the buffers are the budget's.
    private const int PartsAtOnce = 4;

    /// <returns>All files, in the order of their paths.</returns>
    /// <exception cref="UploadException">A part failed for good; the others were cancelled.</exception>
    public static async Task<IReadOnlyList<PublishedFile>> MoveAsync(
        IModelSource source,
        IModelDestination destination,
        DestinationPlan plan,
        Transfer transfer,
        CancellationToken cancellationToken)
    {
        var moved = await Throttled.SelectUntilFaultAsync(
            [.. plan.Parts.OrderByDescending(part => part.Length ?? long.MaxValue)],
            PartsAtOnce,
            (part, token) => destination.MoveAsync(part, source, transfer, token),
            cancellationToken);
        return [.. moved.SelectMany(files => files).OrderBy(file => file.Path)];
    }
}
