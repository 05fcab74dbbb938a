namespace Tracebloc.Architecture.Tests;

public sealed class DocumentationTests
{
    private static readonly string[] Sample =
    [
        "T:Tracebloc.Architecture.Tests.DocumentedSample",
        "M:Tracebloc.Architecture.Tests.DocumentedSample.#ctor(System.String)",
        "P:Tracebloc.Architecture.Tests.DocumentedSample.Name",
        "M:Tracebloc.Architecture.Tests.DocumentedSample.Say(System.String)",
        "M:Tracebloc.Architecture.Tests.DocumentedSample.Say``1(``0)",
    ];

    public static TheoryData<string> Members => [.. Sample];

    [Fact]
    public void Public_members_of_the_libraries_are_documented()
    {
        var libraries = ReferenceTable.OfTheProduct.Rows.Where(row => row.Assembly is null).Select(row => row.Load());
        var inspections = libraries
            .Select(library => Documentation.Beside(library).Inspect(TypeRule.Written(library)))
            .ToList();
        new Inspection(inspections.Sum(one => one.Looked), [.. inspections.SelectMany(one => one.Violations)])
            .MustHold("public members");
    }

    [Fact]
    public void A_documented_sample_passes() =>
        Assert.Empty(new Documentation(Sample).Inspect([typeof(DocumentedSample)]).Violations);

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_without_documentation_is_found(string undocumented) => Assert.Single(
        new Documentation([.. Sample.Except([undocumented])]).Inspect([typeof(DocumentedSample)]).Violations);
}

public sealed record DocumentedSample(string Name)
{
    public string Say(string what) => $"{Name}: {what}";

    public string Say<T>(T what) => $"{Name}: {what}";

    public override string ToString() => Name;
}
