using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Tokens;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>
/// Finds the call that a request makes. Method and target are compared as they were sent, letter by letter, and nothing
/// is decoded or normalised first: a target that a server could read in two ways equals none of the six.
/// </summary>
internal static class AllowedCalls
{
    private const string Folder = "/global_meta/";

    // The calls whose path is fixed come first: a table of the name of one of them is not reachable.
    private static readonly CentralCall[] Calls = [.. CentralCall.All.OrderBy(HasTable)];

    /// <returns>The call, or the reason to refuse it.</returns>
    public static (CentralCall? Call, Refusal? Refusal) Find(string method, string target, RunClaims claims)
    {
        var (path, query) = Split(target);
        if (Calls.FirstOrDefault(each => PathOf(each, claims.Table) == path) is not { } call)
            return (null, OfOther(path, claims));
        if (call.Method.Method != method)
            return (null, new Refusal(405, $"{path} is called by {call.Method}"));
        return QueryRules.Refusal(call, query, claims) is { } refusal ? (null, refusal) : (call, null);
    }

    private static Refusal OfOther(string path, RunClaims claims) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith('/') && path.Length > Folder.Length
        && TableName.Fault(path[Folder.Length..^1]) is null
            ? new Refusal(403, $"the token of run {claims.Key} is for table {claims.Table} alone")
            : new Refusal(404, "the path is none of the six calls of a run; write it as docs/protocol.md has it");

    private static (string Path, string? Query) Split(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, null) : (target[..mark], target[(mark + 1)..]);
    }

    private static string PathOf(CentralCall call, string table) =>
        call.Path.Replace(CentralCall.Table, table, StringComparison.Ordinal);

    private static bool HasTable(CentralCall call) => call.Path.Contains(CentralCall.Table, StringComparison.Ordinal);
}
