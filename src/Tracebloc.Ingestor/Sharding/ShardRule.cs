using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The data sets whose rows several pods load together. Pure.</summary>
internal static class ShardRule
{
    /// <summary>The reason to load a data set by one pod; null where several can.</summary>
    public static string? ReasonAgainst(IngestSpecification specification) =>
        specification.Format == SourceFormat.Json ? "its rows are JSON, and a part of that is none"
        : specification.Processors.Count > 0 ? "its processors see all rows in their order"
        : null;
}
