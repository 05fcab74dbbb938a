namespace Tracebloc.Ingestion.Datasets;

/// <summary>Paths of a specification. They are the cluster's, also where they are read on another system.</summary>
internal static class VolumePath
{
    private const char Separator = '/';

    /// <summary>The parts of a path from the root, without <c>.</c> and <c>..</c>.</summary>
    /// <param name="named">The path; a relative one lies below the volume.</param>
    public static IReadOnlyList<string> PartsOf(string named)
    {
        var parts = new List<string>();
        var full = named.StartsWith(Separator) ? named : $"{DatasetFolder.Volume}{Separator}{named}";
        foreach (var part in full.Split(Separator))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        return parts;
    }
}
