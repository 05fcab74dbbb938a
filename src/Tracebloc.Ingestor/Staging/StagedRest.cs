using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>
/// Removes the rest of an upload once its run is registered: the run has moved the files. An upload is known by the
/// work folder that its transfer has left; folders that were filled by other means stay.
/// </summary>
internal sealed partial class StagedRest(VolumeLayout layout, ILogger logger, TimeProvider time)
{
    /// <summary>Removes the staging folders that some paths are in. A failure is logged alone.</summary>
    /// <param name="paths">Paths of the specification; they need not exist.</param>
    /// <param name="token">Cancels it.</param>
    public async Task RemoveAsync(IEnumerable<string> paths, CancellationToken token)
    {
        var area = VolumeLayout.StagingArea(layout.Root);
        var places = paths.Select(layout.Given)
            .Select(path => StagingPlace.Holding(area, UserPath.Real(path) ?? UserPath.Absolute(path)))
            .OfType<StagingPlace>().Distinct();
        foreach (var place in places.ToList()) await RemoveAsync(place, token);
    }

    private async Task RemoveAsync(StagingPlace place, CancellationToken token)
    {
        try
        {
            await new StagedRemoval(new LockTimes(), time).RemoveAsync(place, token);
            LogRemoved(logger, place.Folder);
        }
        catch (Exception fault) when (fault is StagingException or IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(logger, place.Folder, fault.Message);
        }
    }

    [LoggerMessage(671, LogLevel.Information, "Staging folder {Folder} was removed: its data set is registered")]
    private static partial void LogRemoved(ILogger logger, string folder);

    [LoggerMessage(672, LogLevel.Warning, "Staging folder {Folder} could not be removed: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string folder, string reason);
}
