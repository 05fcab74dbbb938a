namespace Tracebloc.Registry;

/// <summary>
/// Ranks the entries of a list of referrers by what they state of themselves, which is a hint: only the manifests
/// decide.
/// </summary>
/// <param name="FitsType">True for the types of artifact that are wanted; null stands for none stated.</param>
/// <param name="Annotation">The annotation that is looked at as well.</param>
/// <param name="FitsAnnotation">True for its wanted values; null stands for no such annotation.</param>
public sealed record ReferrerFilter(
    Func<string?, bool> FitsType, string Annotation, Func<string?, bool> FitsAnnotation);
