using System.Globalization;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>
/// Finds the label that leads to few objects. A list begins with its labels; without one, it walks the objects in their
/// order and looks at the labels of each, until the page is full: servers would rather read and sort all of them.
/// </summary>
internal static class LabelPlan
{
    /// <summary>A label that more objects have is common; counting so many takes a millisecond.</summary>
    public const int Few = 5000;

    public static async Task<Selection> OfAsync(
        DatabaseSession session, Selection selection, CancellationToken token)
    {
        var (best, least) = ((LabelRequirement?)null, (long)Few + 1);
        foreach (var requirement in selection.Labels.Requirements.Where(each => each.Operator == LabelOperator.In))
        {
            var (condition, most) = (LabelFilter.Condition(requirement), least.ToString(CultureInfo.InvariantCulture));
            var count = await session.FindAsync(
                new SqlStatement(
                    $"SELECT COUNT(*) FROM (SELECT 1 FROM {SqlName.Quote(selection.Kind.LabelsTable)} l "
                    + $"WHERE {condition.Text} LIMIT {most}) counted",
                    condition.Values),
                row => row.Number(0),
                token);
            if (count < least) (best, least) = (requirement, count);
        }

        return selection with { Rare = best };
    }
}
