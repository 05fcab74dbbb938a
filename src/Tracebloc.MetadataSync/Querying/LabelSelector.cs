namespace Tracebloc.MetadataSync.Querying;

/// <summary>A label selector: an object matches that keeps all requirements.</summary>
internal sealed record LabelSelector(params IReadOnlyList<LabelRequirement> Requirements)
{
    public static LabelSelector Everything { get; } = new();
}

/// <summary>One requirement of a label selector.</summary>
/// <param name="Key">The key of the label.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Values">In and NotIn have one or more, Greater and Less one number, the others none.</param>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, params IReadOnlyList<string> Values);
