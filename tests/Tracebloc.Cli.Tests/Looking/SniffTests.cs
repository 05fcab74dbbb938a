using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Cli.Looking;

namespace Tracebloc.Cli.Tests.Looking;

public sealed class SniffTests
{
    private static readonly string[] Names =
    [
        "labels.csv", "labels.csv/", "labels.csv@", "Labels.csv", "rows.csv", "b.CSV", "images/", "Images/", "images",
        "images@", "images/a.jpg", "images/b.jpg", "images/c.png", "images/D.JPG", "images/e.jpg@", "images/f.gif",
        "annotations/", "annotations/a.xml", "masks/", "masks/a_mask.png", "texts/", "texts/a.txt", "texts/b.text",
        "TEXTS/", "sequences/", "sequences/a.txt", "tokenizer.json", "tokenizer.json/", "notes.md", "deep/", "p.csv|",
    ];

    [Theory]
    [InlineData("labels.csv images/ images/a.jpg", "image_classification keypoint_detection")]
    [InlineData("labels.csv images/ images/a.jpg annotations/ annotations/a.xml",
        "object_detection image_classification keypoint_detection")]
    [InlineData("labels.csv sequences/ sequences/a.txt", "masked_language_modeling")]
    [InlineData("a.csv b.csv", "")]
    [InlineData("labels.csv Images/", "")]
    public void The_candidates_are_the_categories_that_would_be_found(string listed, string candidates) =>
        Assert.Equal(
            candidates,
            string.Join(
                ' ', Sniff.Candidates(DataLookTests.View(listed.Split(' ')), "/d").Select(rules => rules.Name)));

    [Fact]
    public void A_single_csv_may_be_any_table() =>
        Assert.All(
            Sniff.Candidates(DataLookTests.View(["a.csv"]), "/d"), rules => Assert.Empty(rules.Folders));

    [Theory]
    [InlineData("labels.csv Images/", "Images/ must be written images/; rename it")]
    [InlineData("labels.csv texts@", "texts/ is a symbolic link")]
    [InlineData("notes.md", "\"data\" has no CSV")]
    public void A_folder_that_is_no_data_set_is_explained_by_its_nearest_category(string listed, string fault) =>
        Assert.StartsWith(fault, Sniff.Fault(DataLookTests.View(listed.Split(' ')), "/d"));

    [Fact]
    public void A_look_at_any_folder_finds_files_that_are_there_or_names_a_remedy() =>
        Prop.ForAll(
            Gen.Elements(Names).ListOf().ToArbitrary(),
            listed =>
            {
                var view = DataLookTests.View(listed);
                foreach (var rules in Ingestion.Specifications.Categories.All)
                {
                    var look = DataLook.Of(view, "/d", rules);
                    if (look.IsThere)
                    {
                        Assert.Equal(EntryKind.File, view.Find(look.Value.Rows.Name)!.Value.Kind);
                        Assert.All(look.Value.Folders, folder => Assert.All(folder.Files, file =>
                        {
                            Assert.Equal(EntryKind.File, file.Kind);
                            Assert.Equal(folder.Extension, file.Extension);
                        }));
                    }
                    else
                    {
                        Assert.Matches("; |: rename", look.Fault);
                    }
                }

                var candidates = Sniff.Candidates(view, "/d");
                Assert.All(candidates, rules => Assert.True(DataLook.Of(view, "/d", rules).IsThere));
                if (candidates.Count == 0) Assert.Matches("; |: rename", Sniff.Fault(view, "/d"));
            }).QuickCheckThrowOnFailure();
}
