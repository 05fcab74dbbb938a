namespace Tracebloc.JobsManager.Access;

/// <summary>One entry of the policy; <c>*</c> stands for any.</summary>
/// <param name="ServiceAccount">The name of the service account.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="TablePrefixes">The tables that it may write begin with one of these.</param>
internal sealed record AccessRule(string ServiceAccount, string Namespace, IReadOnlyList<string> TablePrefixes)
{
    public const string Any = "*";

    public bool IsFor(Caller caller) =>
        (ServiceAccount == Any || ServiceAccount == caller.Name) && (Namespace == Any || Namespace == caller.Namespace);

    public bool Covers(string table) =>
        TablePrefixes.Any(prefix => prefix == Any || table.StartsWith(prefix, StringComparison.Ordinal));
}
