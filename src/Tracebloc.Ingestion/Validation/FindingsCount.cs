namespace Tracebloc.Ingestion.Validation;

/// <summary>The faults of a validator at a moment.</summary>
/// <param name="First">The faults that are kept.</param>
/// <param name="Total">All of them.</param>
internal readonly record struct FindingsCount(int First, long Total)
{
    public static FindingsCount Of(Findings findings) => new(findings.First.Count, findings.Total);
}
