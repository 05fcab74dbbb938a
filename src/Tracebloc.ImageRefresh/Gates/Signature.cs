using System.Globalization;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// A digest has to be signed as the configuration requires, also one that has settled before: it may
/// have been applied before signatures were required, and only annotations say that it has.
/// </summary>
internal static class Signature
{
    public static GateResult? Check(Candidate candidate)
    {
        if (candidate.Image.Gates.Verify is not { } required)
            return null;
        if (candidate.Evidence?.Value?.Signature is not { } found)
            return RefusedBefore(candidate) ?? candidate.Unproven("its signature is");
        if (found.Fault is { } fault)
            return new(Outcome.Misconfigured, fault);
        if (found.IsUndecided)
            return new(Outcome.Unresolved, $"not applied: {found.Message}") { IsRefusal = true };
        var refusal = !found.IsVerified ? found.Message
            : required.NotOlderThan is { } age ? AgeFault(found, age, candidate.Now)
            : null;
        return refusal is null ? null : new(Outcome.Untrusted, $"not applied: {refusal}") { IsRefusal = true };
    }

    // Each look costs pulls, of which a registry allows few. A record can only keep a digest out by this.
    private static GateResult? RefusedBefore(Candidate candidate)
    {
        if (candidate.Record.Refusals.Find(candidate.Digest) is not { } refused || !refused.Covers(candidate.Now))
            return null;
        return new(
            Outcome.Untrusted,
            $"not applied: {refused.Count} looks found no good signature; looked up again at"
            + $" {refused.Until.UtcDateTime:u}, or after image-refresh release {candidate.Image.Name}",
            refused.Until);
    }

    // Whoever serves the tag can serve any digest that was ever signed.
    private static string? AgeFault(SignatureEvidence found, TimeSpan age, DateTimeOffset now)
    {
        if ((found.SignedAt ?? found.CreatedAt) is not { } time)
        {
            return "no log proves when it was signed, and its configuration has no time; notOlderThan needs one of"
                + " them";
        }
        if (now - time <= age)
            return null;
        var day = time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{(found.SignedAt is null ? "created" : "signed")} {day}, older than {(int)age.TotalDays}d";
    }
}
