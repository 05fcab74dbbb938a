using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// Findings about times for each order of day and month, since a later row may show the order: then those of the other
/// one were none.
/// </summary>
internal sealed class TimeFindings(string validator)
{
    /// <summary>The findings with the day first.</summary>
    public Findings DayFirst { get; } = new(validator);

    /// <summary>The findings with the month first.</summary>
    public Findings MonthFirst { get; } = new(validator);

    /// <summary>Adds the findings of the order that fits all rows.</summary>
    public void Flush(ValueReader reader, Findings findings)
    {
        var kept = reader is DateReader { Order: DateOrder.MonthFirst } ? MonthFirst : DayFirst;
        foreach (var finding in kept.First) findings.Add(finding);
        findings.AddUnnamed(kept.Total - kept.First.Count);
    }
}
