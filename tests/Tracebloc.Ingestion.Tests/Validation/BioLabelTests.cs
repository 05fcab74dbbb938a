using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class BioLabelTests
{
    [Theory]
    [InlineData("O")]
    [InlineData("B-PER I-PER O B-LOC")]
    [InlineData("  O   O  ")]
    [InlineData("B-é I-x-y")]
    [InlineData("")]
    public void A_line_of_tags_passes(string label) => Assert.Empty(Check(label));

    [Theory]
    [InlineData("O B-PER X O", "X")]
    [InlineData("B-", "B-")]
    [InlineData("b-per", "b-per")]
    [InlineData("E-PER", "E-PER")]
    [InlineData("OO", "OO")]
    [InlineData("O,B-PER", "O,B-PER")]
    public void The_first_wrong_tag_is_named(string label, string tag) => Assert.Equal(
        [
            $"rows.csv:2: tags: \"{tag}\" is no BIO tag; write O, B-NAME or I-NAME for each word, "
                + "with blanks between them",
        ],
        Check(label));

    [Fact]
    public void A_label_in_other_case_is_found() =>
        Assert.Single(RowCheck.Run(new BioLabelValidator("tags"), "Tags", "X").First);

    [Theory]
    [InlineData("other\tsome")]
    [InlineData("Tags\tTAGS")]
    public void A_missing_or_ambiguous_label_is_left_to_its_own_validator(string columns) =>
        Assert.Empty(RowCheck.Run(new BioLabelValidator("tags"), columns, "X\tX").First);

    private static IReadOnlyList<string> Check(string label) =>
        RowCheck.Printed(RowCheck.Run(new BioLabelValidator("tags"), "tags", label));
}
