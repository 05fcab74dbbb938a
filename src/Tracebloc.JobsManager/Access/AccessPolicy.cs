namespace Tracebloc.JobsManager.Access;

/// <summary>The tables that service accounts may write; an account without an entry may write none.</summary>
internal sealed record AccessPolicy(IReadOnlyList<AccessRule> Rules)
{
    public bool Allows(Caller caller, string table) => Rules.Any(rule => rule.IsFor(caller) && rule.Covers(table));

    /// <summary>The prefixes of tables that an account may write, each once.</summary>
    public IReadOnlyList<string> PrefixesOf(Caller caller) =>
        [.. Rules.Where(rule => rule.IsFor(caller)).SelectMany(rule => rule.TablePrefixes).Distinct()];
}
