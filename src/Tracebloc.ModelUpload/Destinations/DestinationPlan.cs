namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The parts that a model goes in.</summary>
/// <param name="Parts">Every file of the model is in exactly one.</param>
/// <param name="Notes">One sentence each that an operator wants to know before the transfer.</param>
internal sealed record DestinationPlan(IReadOnlyList<PlannedPart> Parts, IReadOnlyList<string> Notes);
