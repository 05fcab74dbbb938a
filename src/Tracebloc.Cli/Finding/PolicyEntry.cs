namespace Tracebloc.Cli.Finding;

/// <summary>An entry of the release's policy: an account and the tables that it may write.</summary>
/// <param name="ServiceAccount">The account's name; <c>*</c> for any.</param>
/// <param name="TablePrefixes">The tables begin with one of these; <c>*</c> for any.</param>
internal sealed record PolicyEntry(string ServiceAccount, IReadOnlyList<string> TablePrefixes)
{
    public const string Any = "*";

    public bool Covers(string table) =>
        TablePrefixes.Any(prefix => prefix == Any || table.StartsWith(prefix, StringComparison.Ordinal));
}
