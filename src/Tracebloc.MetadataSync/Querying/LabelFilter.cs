using System.Globalization;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Label selectors as SQL. A label is unique of its object: no object comes twice.</summary>
internal static class LabelFilter
{
    // As Kubernetes reads a number of 64 bits; a label's value holds no sign.
    private const string IsNumber = "l.`value` REGEXP '^0*[0-9]{1,19}$'", Number = "CAST(l.`value` AS DECIMAL(20))";

    /// <param name="selector">The selector.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="rare">The requirement that few objects keep; null: none is known.</param>
    public static SqlFilter Of(LabelSelector selector, Kind kind, LabelRequirement? rare) =>
        SqlFilter.And([.. selector.Requirements.Select(each => Of(each, kind, ReferenceEquals(each, rare)))]);

    /// <summary>The labels with the key, and with a value that the requirement names.</summary>
    public static SqlFilter Condition(LabelRequirement requirement)
    {
        var value = ValueOf(requirement);
        return new SqlFilter($"l.`key` = ? AND ({value.Text})", [requirement.Key, .. value.Values]);
    }

    private static SqlFilter Of(LabelRequirement requirement, Kind kind, bool isRare)
    {
        var (table, condition) = (SqlName.Quote(kind.LabelsTable), Condition(requirement));
        if (isRare)
            return condition with { Text = $"o.uid IN (SELECT l.obj_uid FROM {table} l WHERE {condition.Text})" };
        // A number is never made into a join, as EXISTS is, which sorts all that it finds.
        var count = $"(SELECT COUNT(*) FROM {table} l WHERE l.obj_uid = o.uid AND {condition.Text})";
        var isLacking = requirement.Operator is LabelOperator.NotIn or LabelOperator.Absent;
        return condition with { Text = isLacking ? $"{count} = 0" : $"{count} > 0" };
    }

    private static SqlFilter ValueOf(LabelRequirement requirement) => requirement.Operator switch
    {
        LabelOperator.In or LabelOperator.NotIn => new(
            $"l.`value` IN ({string.Join(", ", requirement.Values.Select(_ => "?"))})", [.. requirement.Values]),
        LabelOperator.Greater => new(
            $"{IsNumber} AND {Number} > ? AND {Number} <= ?", Limit(requirement), long.MaxValue),
        LabelOperator.Less => new($"{IsNumber} AND {Number} < ?", Limit(requirement)),
        _ => SqlFilter.Everything,
    };

    private static object Limit(LabelRequirement requirement) =>
        long.Parse(requirement.Values[0], NumberStyles.None, CultureInfo.InvariantCulture);
}
