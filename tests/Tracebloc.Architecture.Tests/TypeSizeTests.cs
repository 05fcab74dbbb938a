namespace Tracebloc.Architecture.Tests;

public sealed class TypeSizeTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_type_is_longer_than_the_limit_with_all_its_parts(string folder) =>
        TypeSizeRule.Inspect(Repository.Files([folder], [".cs"])).MustHold("types");

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_type_that_is_too_long_only_with_all_its_parts_is_found(string folder)
    {
        var part = "internal sealed partial class Long\n{\n" + new string('\n', TypeSizeRule.Longest / 2) + "}";

        Assert.Contains("Long has", Assert.Single(TypeSizeRule
            .Inspect([new($"{folder}/A/Long.cs", part), new($"{folder}/A/Long.Part.cs", part)]).Violations));
        Assert.Empty(TypeSizeRule
            .Inspect([new($"{folder}/A/Long.cs", part), new($"{folder}/B/Long.cs", part)]).Violations);
    }
}
