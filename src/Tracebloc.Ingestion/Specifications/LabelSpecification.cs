namespace Tracebloc.Ingestion.Specifications;

/// <summary>The label of a data set: <c>label</c>.</summary>
/// <param name="Column">The column that holds it.</param>
/// <param name="Policy">The part of it that leaves the cluster.</param>
/// <param name="Bucket">The bins of <see cref="LabelPolicy.Bucket"/>; null with any other policy.</param>
public sealed record LabelSpecification(string Column, LabelPolicy Policy, BucketOptions? Bucket);
