using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Planning;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>A run of which all that can be known before the first byte is known.</summary>
/// <param name="Plan">All that it would do.</param>
/// <param name="Destination">The parts.</param>
internal sealed record Checked(UploadPlan Plan, DestinationPlan Destination);
