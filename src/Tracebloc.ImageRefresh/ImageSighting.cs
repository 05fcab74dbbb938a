using Tracebloc.ImageRefresh.Gates;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>An image and what the registry answered; null for one that was not asked for.</summary>
internal sealed record ImageSighting(TrackedImage Image, Resolution? Resolution)
{
    /// <summary>What gates judge its digest by; null where none was collected.</summary>
    public Evidence? Evidence { get; init; }
}
