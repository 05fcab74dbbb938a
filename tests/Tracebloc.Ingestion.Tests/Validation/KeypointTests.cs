using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class KeypointTests
{
    private const string Good = """{"eye": [1, 2], "nose": [3.5, 4e1]}""";

    [Theory]
    [InlineData(Good)]
    [InlineData("""{"nose": {"y": 1, "x": 0}, "eye": {"x": 5, "y": 5}}""")]
    [InlineData("""  {"eye":[0,0],"nose":[1,1]}  """)]
    [InlineData("""{"\u0065ye": [1, 2], "nose": [3, 4]}""")]
    public void A_row_with_the_configured_names_passes(string cell) =>
        Assert.Empty(Annotations(Good, cell));

    [Theory]
    [InlineData("", "is empty; write {\"NAME\": [X, Y], …}")]
    [InlineData("{'eye': [1, 2]}", "is not JSON; write {\"NAME\": [X, Y], …}")]
    [InlineData("[1, 2]", "is no JSON object; write {\"NAME\": [X, Y], …}")]
    [InlineData("""{"eye": [1, 2], "nose": [3, 4]} x""", "is not JSON; write {\"NAME\": [X, Y], …}")]
    [InlineData("""{"eye": [1, 2]}""", "has 1 keypoints, not 2; correct it, or set number_of_keypoints")]
    [InlineData("""{"eye": [1, 2], "eye": [3, 4]}""", "names \"eye\" twice; remove one")]
    [InlineData("""{"eye": [1, 2], "\u0065ye": [3, 4]}""", "names \"eye\" twice; remove one")]
    [InlineData("""{"eye": [1, 2], "\ud800": [3, 4]}""", "is not JSON; write {\"NAME\": [X, Y], …}")]
    [InlineData("""{"eye": [1, 2], "nose": [3]}""", "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [1, 2], "nose": [3, 4, 5]}""", "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [1, 2], "nose": ["3", 4]}""", "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [1, 2], "nose": {"x": 3}}""", "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [1, 2], "nose": null}""", "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [1, 2], "nose": [3, -4]}""", "has a negative coordinate for \"nose\"; correct it")]
    [InlineData("""{"eye": [1, 2], "nose": [3, 1e400]}""", "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [1, 2], "mouth": [3, 4]}""", "has other names than line 2; use the same in every row")]
    [InlineData("""{"eye": [1, 2], "nose": [1, 4]}""",
        "has all keypoints on one line across or down; correct the points")]
    [InlineData("""{"eye": [1, 2], "nose": {"y": {"x": 3, "y": 4}}}""",
        "has no point for \"nose\"; write [X, Y] with two numbers")]
    [InlineData("""{"eye": [[[1]]]}""", "has no point for \"eye\"; write [X, Y] with two numbers")]
    public void A_wrong_row_is_named_with_its_line(string cell, string fault) =>
        Assert.Equal([$"rows.csv:3: Annotation: {fault}"], Annotations(Good, cell));

    [Fact]
    public void A_column_of_another_spelling_is_named()
    {
        var findings = RowCheck.Run(new KeypointAnnotationValidator("Annotation", 2), "filename\tannotation", "a\t{}");

        Assert.Equal(
            ["rows.csv:1: has no column Annotation; rename annotation to Annotation"], RowCheck.Printed(findings));
    }

    [Theory]
    [InlineData("""{"eye": 1, "nose": 0}""", null)]
    [InlineData("""{"nose": 1, "eye": 0}""", null)]
    [InlineData("""{"eye": 1, "nose": 2}""", "has no 0 or 1 for \"nose\"; write one")]
    [InlineData("""{"eye": true, "nose": 1}""", "has no 0 or 1 for \"eye\"; write one")]
    [InlineData("""{"eye": 1}""", "has other names than Annotation; use the same")]
    [InlineData("""{"eye": 1, "mouth": 1}""", "has other names than Annotation; use the same")]
    [InlineData("", "is empty; write {\"NAME\": 0 or 1, …}")]
    [InlineData("{", "is not JSON; write {\"NAME\": 0 or 1, …}")]
    public void Each_keypoint_is_visible_or_not(string cell, string? fault)
    {
        var findings = RowCheck.Run(
            new KeypointVisibilityValidator("Visibility", "Annotation"),
            "Annotation\tVisibility",
            $"{Good}\t{cell}");

        Assert.Equal(fault is null ? [] : [$"rows.csv:2: Visibility: {fault}"], RowCheck.Printed(findings));
    }

    [Fact]
    public void Names_without_end_are_given_up()
    {
        var cell = $"{{{string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"\"{i}\": [1, 2]"))}}}";

        Assert.Equal(
            ["rows.csv:3: Annotation: has more than 10,000 names; is this a row of keypoints?"],
            Annotations(Good, cell));
    }

    [Fact]
    public void Damaged_cells_never_throw()
    {
        var random = new Random(12);
        var cell = new KeypointCell();
        foreach (var text in Enumerable.Range(0, 5_000).Select(_ => System.Text.Encoding.UTF8.GetBytes(Good)))
        {
            for (var i = 0; i < 3; i++) text[random.Next(text.Length)] = (byte)random.Next(256);
            _ = cell.ReadPoints(text);
            _ = cell.ReadFlags(text);
        }

        Assert.Null(cell.ReadPoints(System.Text.Encoding.UTF8.GetBytes(Good)));
    }

    private static IReadOnlyList<string> Annotations(params IReadOnlyList<string> cells) => RowCheck.Printed(
        RowCheck.Run(new KeypointAnnotationValidator("Annotation", 2), ["Annotation", .. cells]));
}
