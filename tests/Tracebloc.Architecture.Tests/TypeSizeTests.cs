namespace Tracebloc.Architecture.Tests;

public sealed class TypeSizeTests
{
    [Fact]
    public void No_type_is_longer_than_the_limit_with_all_its_parts() =>
        TypeSizeRule.Inspect(Repository.Files(["src"], [".cs"])).MustHold("types");

    [Fact]
    public void A_type_that_is_too_long_only_with_all_its_parts_is_found()
    {
        var part = "internal sealed partial class Long\n{\n" + new string('\n', TypeSizeRule.Longest / 2) + "}";

        Assert.Contains("Long has", Assert.Single(TypeSizeRule
            .Inspect([new SourceFile("src/A/Long.cs", part), new SourceFile("src/A/Long.Part.cs", part)]).Violations));
        Assert.Empty(TypeSizeRule
            .Inspect([new SourceFile("src/A/Long.cs", part), new SourceFile("src/B/Long.cs", part)]).Violations);
    }
}
