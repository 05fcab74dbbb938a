using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>docs/security.md lists every right that a Role of the chart has, and no other.</summary>
public sealed class DocumentedRoleTests
{
    /// <summary>The kinds that a server may offer beside those that all offer.</summary>
    private static readonly string[] Offers = ["v1", AdmissionTests.Served, "security.openshift.io/v1"];

    private static readonly string Page =
        File.ReadAllText(Path.Combine(Chart.Client.Folder, "../../docs/security.md"));

    [Fact]
    public async Task Every_right_has_its_line_in_the_security_page()
    {
        var granted = await GrantedAsync();

        Assert.NotEmpty(granted);
        Assert.Empty(Missing(granted, DocumentedRight.ReadFrom(Page)));
    }

    [Fact]
    public async Task Every_line_of_the_security_page_is_a_right() =>
        Assert.Empty(Missing(DocumentedRight.ReadFrom(Page), await GrantedAsync()));

    [Fact]
    public void A_verb_without_a_line_is_found()
    {
        var role = new Role(new Manifest(
            "{kind: Role, metadata: {name: acme-image-refresh}, rules: "
            + "[{apiGroups: [apps], resources: [deployments], resourceNames: [a], verbs: [get, delete]}]}"));

        Assert.Equal(
            ["image-refresh: delete deployments.apps, by name"],
            Missing(DocumentedRight.Of(role), DocumentedRight.ReadFrom(Page)));
    }

    [Fact]
    public void No_line_is_there_twice()
    {
        var listed = DocumentedRight.ReadFrom(Page);

        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    private static IEnumerable<string> Missing(
        IEnumerable<DocumentedRight> rights, IEnumerable<DocumentedRight> among) =>
        rights.Except(among).Select(right => $"{right}").Order();

    private static async Task<IReadOnlyList<DocumentedRight>> GrantedAsync()
    {
        var granted = new List<DocumentedRight>();
        foreach (var example in Chart.Client.Examples)
            foreach (var offer in Offers)
            {
                var chart = await Chart.Client.RenderAsync(
                    new Release { ValuesFile = Chart.Client.PathOf($"ci/{example}"), ApiVersion = offer });
                granted.AddRange(chart.Roles.SelectMany(DocumentedRight.Of));
            }

        return granted;
    }
}
