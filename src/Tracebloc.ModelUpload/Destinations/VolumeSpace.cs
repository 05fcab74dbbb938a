namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The room that a model takes on a volume.</summary>
internal static class VolumeSpace
{
    /// <returns>A note where it cannot be known.</returns>
    /// <exception cref="UploadException">The volume has less.</exception>
    public static IReadOnlyList<string> Require(
        string path, VolumePlace place, VolumeState state, IReadOnlyList<PlannedPart> parts)
    {
        var files = parts.Where(part => part.Way == PartWay.Streamed).SelectMany(part => part.Files).ToList();
        var needed = files.Sum(file => Math.Max(0, (file.Length ?? 0) - state.Length(StagedName.Part(file))));
        var leftovers = state.Leftovers([.. parts.SelectMany(part => part.Files)]).Sum(state.Length);
        var free = new DriveInfo(place.Existing()).AvailableFreeSpace + leftovers;
        if (needed > free)
            throw UploadException.OfDestination(
                $"{path} has {free} bytes free, needed are {needed}; enlarge the volume or remove files from it");
        return files.Exists(file => file.Length is null)
            ? [$"The source does not state all lengths: the {free} bytes free at {path} may not be enough."]
            : [];
    }
}
