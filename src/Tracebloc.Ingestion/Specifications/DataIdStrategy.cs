namespace Tracebloc.Ingestion.Specifications;

/// <summary>The source of a row's id.</summary>
public enum DataIdStrategy
{
    /// <summary>A UUID of version 8, derived from the run's key and the row's position.</summary>
    Uuid,

    /// <summary>The value of a column: source values leave the cluster.</summary>
    Column,

    /// <summary>A keyed hash of the row's values, with a salt per table that stays in the database.</summary>
    ContentHash,
}
