using System.Text;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>A plan as text: the SQL, with each change's name above it.</summary>
internal static class PlanText
{
    /// <exception cref="MetadataSyncException">A table cannot be taken over.</exception>
    public static string Of(SchemaPlan plan, DatabaseOptions options)
    {
        var text = new StringBuilder();
        foreach (var change in plan.Usable(options.Address))
        {
            text.Append($"-- {change.Name}\n{change.Sql};\n");
            if (change.Filling is not null)
                text.Append($"-- in transactions of {ColumnFilling.BatchRows} rows, in the order of their uids\n");
        }

        return text.Length > 0 ? text.ToString() : "-- nothing to do\n";
    }
}
