using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>A column that the schema of a category declares.</summary>
/// <param name="Name">Its exact name.</param>
/// <param name="IsTimestamp">Its type is TIMESTAMP.</param>
/// <param name="MayBeNumeric">A numeric type does as well.</param>
public sealed record ColumnRule(string Name, bool IsTimestamp = false, bool MayBeNumeric = false)
{
    /// <summary>True for a type that the column may have.</summary>
    public bool Allows(SqlType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !IsTimestamp || type.Base == SqlBase.Timestamp || (MayBeNumeric && type.IsNumeric);
    }
}
