using Tracebloc.JobsManager.Access;

namespace Tracebloc.JobsManager.Submissions;

/// <summary>The refusal of a caller without the right to a table.</summary>
internal static class Rights
{
    public static Refusal Missing(Caller caller, AccessPolicy policy, string table) => new(
        RefusalKind.Forbidden,
        $"Service account {caller} may not write table {table}; "
        + (policy.PrefixesOf(caller) is { Count: > 0 } prefixes
            ? $"it may write tables that begin with {string.Join(", ", prefixes)}"
            : "it may write no table: give it an entry in ingestionAuthz.allowed of the client chart"));
}
