using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>A digest is rolled out once the registry has served it, and no other, for <c>minAge</c>.</summary>
internal static class Soak
{
    /// <summary>
    /// Remembers when a newer digest was first seen, and since when none has lasted: a tag that moves faster than
    /// digests ripen would otherwise be held forever.
    /// </summary>
    public static RefreshRecord Note(RefreshRecord record, Digest latest, TrackedImage image, DateTimeOffset now)
    {
        // First sight rolls nothing out, but where no tag may stand.
        if (record.Settled is null && !image.HoldsDigest)
            return record;
        if (record.Settled == latest || image.Gates.MinAge is not { } minAge)
            return record.Forget();
        // A time ahead of the clock would hold the digest until then.
        if (record.Seen == latest && record.SeenAt <= now)
            return record;
        var hasLasted = record.SeenAt is null || record.SeenAt + minAge <= now;
        return record with
        {
            Seen = latest,
            SeenAt = now,
            SoakingSince = hasLasted ? null : record.SoakingSince ?? record.SeenAt,
        };
    }

    public static GateResult? Check(Candidate candidate)
    {
        var (record, now) = (candidate.Record, candidate.Now);
        if (!candidate.IsNew || candidate.Image.Gates.MinAge is not { } minAge || record.SeenAt is not { } seen)
            return null;
        var until = seen + minAge;
        if (until <= now)
            return null;
        var (opens, age) = ($"held until {until.UtcDateTime:u}", Duration.Format(minAge));
        if (record.SoakingSince is not { } since || now < since + (minAge * candidate.Policy.FailureThreshold))
            return new(Outcome.Held, $"{opens}: first seen {seen.UtcDateTime:u}, minAge {age}", until);
        var complaint = $"since {since.UtcDateTime:u} no digest has lasted {age}; lower minAge or push less often";
        return new(Outcome.Held, $"{opens}: {complaint}", until) { IsOverdue = true };
    }
}
