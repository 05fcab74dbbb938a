using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

public sealed partial class SourceTests
{
    private const double ForgivenPerThousandLines = 2;

    public static TheoryData<string> Rules => [.. SourceRule.All.Select(rule => rule.Name)];

    public static TheoryData<string> Homes => [.. SingleHome.All.Select(home => home.Job)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_file_keeps(string rule) => Find(rule).Inspect().MustHold("files");

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_seeded_violation_is_found(string rule) =>
        Assert.NotEmpty(Find(rule).Violations(new SourceFile("seed", Find(rule).Seed)));

    [Theory]
    [MemberData(nameof(Homes))]
    public void A_job_is_done_in_each_of_its_places(string job)
    {
        var home = SingleHome.All.Single(each => each.Job == job);
        var files = Repository.Files(["src"], [".cs"]);

        Assert.All(home.Places, place => Assert.Contains(
            files, file => (home with { Places = [place] }).IsAt(file.Path) && home.Uses(file).Any()));
    }

    [Fact]
    public void Each_place_that_may_catch_a_framework_exception_does() =>
        Assert.All(FrameworkFaults.Named, place => Assert.NotEmpty(
            FrameworkFaults.Catches(Repository.Files(["src"], [".cs"]).Single(file => file.Path == place))));

    [Fact]
    public void Null_is_hardly_ever_forgiven() => Forgiven(Repository.Files(["src"], [".cs"])).MustHold("files");

    [Fact]
    public void Too_much_forgiven_is_found() =>
        Assert.Single(Forgiven([new SourceFile("seed", "var name = person!.Name;\nuse(names[0]!);")]).Violations);

    [Theory]
    [InlineData("if (!done && a != b)", "// really!", "\"done!\"", "x is not { } y")]
    public void Negation_and_prose_forgive_nothing(params string[] lines) =>
        Assert.Empty(Forgiven([new SourceFile("clean", string.Join('\n', lines))]).Violations);

    private static SourceRule Find(string name) => SourceRule.All.Single(rule => rule.Name == name);

    private static Inspection Forgiven(IReadOnlyList<SourceFile> files)
    {
        var places = files
            .SelectMany(file => file.Code.Index(), (file, line) => (file.Path, line.Index, Count: Count(line.Item)))
            .Where(line => line.Count > 0)
            .ToList();
        var allowed = files.Sum(file => file.Lines.Count) / 1000.0 * ForgivenPerThousandLines;
        return new Inspection(files.Count, places.Sum(place => place.Count) <= allowed
            ? []
            : [string.Join(", ", places.Select(place => $"{place.Path}:{place.Index + 1}"))]);
    }

    private static int Count(string code) => Forgiving().Count(code);

    [GeneratedRegex(@"(?<=[\w)\]}])!(?!=)")]
    private static partial Regex Forgiving();
}
