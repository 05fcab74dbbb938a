using Tracebloc.ImageRefresh.Records;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>A digest that was rolled back is not applied again, unless it may not have been the cause.</summary>
internal static class Quarantined
{
    public static GateResult? Check(Candidate candidate)
    {
        var record = candidate.Record;
        return record.Quarantine.Find(candidate.Digest) switch
        {
            null => null,
            { IsSuspect: false } entry => new(
                Outcome.Quarantined,
                $"quarantined since {RefreshAnnotations.Time(entry.At)}: {entry.Reason}; "
                + $"image-refresh release {candidate.Image.Name} lifts it"),
            // On a workload that is not well by itself it would fail whatever it is.
            _ when record.Attempts > 0 && record.Applied == record.Settled => new(
                Outcome.Waiting, "it is retried alone after the rollback"),
            _ => null,
        };
    }
}
