namespace Tracebloc.ImageRefresh.Gates;

/// <summary>A digest has to be there for every platform that the workload's pods may start on.</summary>
internal static class Platforms
{
    public static GateResult? Check(Candidate candidate)
    {
        if (!candidate.IsNew || candidate.Image.Gates.Platforms is null)
            return null;
        if (candidate.Evidence?.Value?.Platforms is not { } found)
            return candidate.Unproven("its platforms are");
        if (found.Fault is { } fault)
            return new(Outcome.Unreachable, fault);
        var missing = found.Wanted.Where(wanted => !found.Offered.Any(part => wanted.Runs(part.Platform))).ToList();
        if (missing.Count == 0)
            return null;
        var offered = found.Offered.Count == 0
            ? "names no platform"
            : $"is for {string.Join(", ", found.Offered.Select(part => part.Platform))}";
        return new(Outcome.Incomplete, $"not applied: it {offered}, not for {string.Join(", ", missing)}");
    }
}
