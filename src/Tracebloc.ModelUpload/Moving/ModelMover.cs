using System.Collections.Concurrent;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;

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
        var files = new ConcurrentBag<PublishedFile>();
        await Parallel.ForEachAsync(
            plan.Parts.OrderByDescending(part => part.Length ?? long.MaxValue),
            new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                foreach (var file in await destination.MoveAsync(part, source, transfer, token))
                    files.Add(file);
            });
        return [.. files.OrderBy(file => file.Path)];
    }
}
