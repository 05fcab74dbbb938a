using System.Globalization;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Label selectors as SQL.</summary>
/// <remarks>
/// Labels that an object must have are looked up by their key and value, and give the uids: IN becomes a join on every
/// server, where EXISTS does not on MySQL before 8.0.16. A label is unique of its object, so no object comes twice.
/// </remarks>
internal static class LabelFilter
{
    // As Kubernetes reads a number of 64 bits; a label's value holds no sign.
    private const string IsNumber = "l.`value` REGEXP '^0*[0-9]{1,19}$'", Number = "CAST(l.`value` AS DECIMAL(20))";

    public static SqlFilter Of(LabelSelector selector, Kind kind) =>
        SqlFilter.And([.. selector.Requirements.Select(each => Of(each, kind))]);

    private static SqlFilter Of(LabelRequirement requirement, Kind kind) => requirement.Operator switch
    {
        LabelOperator.In => Having(kind, requirement.Key, Values(requirement)),
        LabelOperator.NotIn => Lacking(kind, requirement.Key, Values(requirement)),
        LabelOperator.Exists => Having(kind, requirement.Key, SqlFilter.Everything),
        LabelOperator.Absent => Lacking(kind, requirement.Key, SqlFilter.Everything),
        LabelOperator.Greater => Having(
            kind,
            requirement.Key,
            new($"{IsNumber} AND {Number} > ? AND {Number} <= ?", Limit(requirement), long.MaxValue)),
        _ => Having(kind, requirement.Key, new($"{IsNumber} AND {Number} < ?", Limit(requirement))),
    };

    private static SqlFilter Having(Kind kind, string key, SqlFilter value) => new(
        $"o.uid IN (SELECT l.obj_uid FROM {SqlName.Quote(kind.LabelsTable)} l WHERE l.`key` = ? AND ({value.Text}))",
        [key, .. value.Values]);

    private static SqlFilter Lacking(Kind kind, string key, SqlFilter value) => new(
        $"NOT EXISTS (SELECT 1 FROM {SqlName.Quote(kind.LabelsTable)} l "
        + $"WHERE l.obj_uid = o.uid AND l.`key` = ? AND ({value.Text}))",
        [key, .. value.Values]);

    private static SqlFilter Values(LabelRequirement requirement) => new(
        $"l.`value` IN ({string.Join(", ", requirement.Values.Select(_ => "?"))})", [.. requirement.Values]);

    private static object Limit(LabelRequirement requirement) =>
        long.Parse(requirement.Values[0], NumberStyles.None, CultureInfo.InvariantCulture);
}
