namespace Tracebloc.Ingestion.Specifications;

/// <summary>The rule by which a file of the first folder finds its counterpart in the second.</summary>
/// <param name="Suffix">
/// Follows the stem of the first file in the name of the second: <c>_mask</c> for <c>cat.jpg</c> and
/// <c>cat_mask.png</c>; empty for equal stems.
/// </param>
public sealed record PairingRule(string Suffix);
