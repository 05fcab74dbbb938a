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

    public void Save(StateWriter to, ValueReader? reader)
    {
        to.Write((long)OrderOf(reader));
        to.Write(DayFirst);
        to.Write(MonthFirst);
    }

    /// <returns>False where no order fits all rows.</returns>
    public bool TryMerge(StateReader from, ValueReader? reader)
    {
        var order = (DateOrder)from.Number();
        from.AddTo(DayFirst);
        from.AddTo(MonthFirst);
        return reader is not DateReader dates || dates.TryMerge(order);
    }

    /// <summary>Adds the findings of the order that fits all rows.</summary>
    public void Flush(ValueReader reader, Findings findings)
    {
        var kept = reader is DateReader { Order: DateOrder.MonthFirst } ? MonthFirst : DayFirst;
        foreach (var finding in kept.First) findings.Add(finding);
        findings.AddUnnamed(kept.Total - kept.First.Count);
    }

    private static DateOrder OrderOf(ValueReader? reader) => (reader as DateReader)?.Order ?? DateOrder.Unknown;
}
