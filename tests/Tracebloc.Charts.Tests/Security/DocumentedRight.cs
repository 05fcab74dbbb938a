using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>One verb of an account on a resource, as a Role grants it and as docs/security.md lists it.</summary>
internal sealed partial record DocumentedRight(
    string Account, string Resource, bool IsByName, bool IsInCluster, string Verb)
{
    private const string Start = "<!-- rights -->\n", End = "<!-- /rights -->";

    private const string Release = "acme-", OfJobsManager = "-rbac";

    public static IReadOnlyList<DocumentedRight> ReadFrom(string page)
    {
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var table = page[start..page.IndexOf(End, StringComparison.Ordinal)];
        return [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).SelectMany(ReadRow)];
    }

    public static IEnumerable<DocumentedRight> Of(Role role) =>
        from rule in role.Rules
        from @group in rule.Groups
        from resource in rule.Resources
        from verb in rule.Verbs
        select new DocumentedRight(
            role.Name.Replace(Release, "").Replace(OfJobsManager, ""),
            @group == "" ? resource : $"{resource}.{@group}",
            rule.Names is not [],
            role.IsClusterRole,
            verb);

    public override string ToString() =>
        $"{Account}: {Verb} {Resource}{(IsByName ? ", by name" : "")}{(IsInCluster ? ", in the cluster" : "")}";

    private static IEnumerable<DocumentedRight> ReadRow(string line)
    {
        var row = Row().Match(line);
        Assert.True(row.Success, $"docs/security.md: the row is not account, resource, verbs and why: {line}");
        return from resource in Quoted().Matches(row.Groups["resources"].Value)
               from verb in row.Groups["verbs"].Value.Split(", ")
               select new DocumentedRight(
                   row.Groups["account"].Value,
                   resource.Groups[1].Value,
                   row.Groups["named"].Success,
                   row.Groups["cluster"].Success,
                   verb);
    }

    [GeneratedRegex(
        @"^\| (?<account>[a-z-]+) \| (?<resources>`[^|]+?`)(?<named>, by name)?(?<cluster>, in the cluster)? "
        + @"\| (?<verbs>[a-z]+(, [a-z]+)*) \| [^|]+ \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
