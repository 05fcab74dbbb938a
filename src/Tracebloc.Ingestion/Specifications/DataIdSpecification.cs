namespace Tracebloc.Ingestion.Specifications;

/// <summary>The source of a row's id, which leaves the cluster: <c>data_id</c>.</summary>
/// <param name="Strategy">The source.</param>
/// <param name="Column">The column of <see cref="DataIdStrategy.Column"/>; null with any other strategy.</param>
public sealed record DataIdSpecification(DataIdStrategy Strategy, string? Column = null);
