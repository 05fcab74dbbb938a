using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Planning;

/// <summary>All that a run would do.</summary>
internal sealed record UploadPlan
{
    public required string Source { get; init; }

    public required string Destination { get; init; }

    public required IReadOnlyList<PlannedPart> Parts { get; init; }

    /// <summary>Files at the source that are not the model.</summary>
    public IReadOnlyList<ModelPath> LeftOut { get; init; } = [];

    /// <summary>The calls that change the Model Registry, in order.</summary>
    public IReadOnlyList<string> RegistryCalls { get; init; } = [];

    public IReadOnlyList<string> Signatures { get; init; } = [];

    /// <summary>Remarks that do not stop the run.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public int FileCount => Parts.Sum(part => part.Files.Count);

    /// <summary>The bytes of the files that go one way; null where one file's are unknown.</summary>
    public long? LengthOf(PartWay way)
    {
        var parts = Parts.Where(part => part.Way == way).ToList();
        return parts.Any(part => part.Length is null) ? null : parts.Sum(part => part.Length ?? 0);
    }

    /// <summary>The bytes of all files; null where one file's are unknown.</summary>
    public long? Length =>
        Parts.Any(part => part.Length is null) ? null : Parts.Sum(part => part.Length ?? 0);
}
