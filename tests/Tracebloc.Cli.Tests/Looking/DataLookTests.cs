using Tracebloc.Cli.Looking;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Tests.Looking;

/// <summary>Listed folders as text: <c>images/</c> is a folder, <c>a@</c> a link, <c>a|</c> a pipe.</summary>
public sealed class DataLookTests
{
    [Theory]
    [InlineData("image_classification", "labels.csv images/ images/a.jpg images/b.jpg")]
    [InlineData("image_classification", "rows.csv images/ images/a.png notes.md")]
    [InlineData("image_classification", "labels.csv other.csv images/ images/a.jpeg")]
    [InlineData("keypoint_detection", "labels.csv images/ images/a.jpg")]
    [InlineData("object_detection", "labels.csv images/ images/a.jpg annotations/ annotations/a.xml")]
    [InlineData("semantic_segmentation", "labels.csv images/ images/a.jpg masks/ masks/a_mask.png")]
    [InlineData("text_classification", "labels.csv texts/ texts/a.txt")]
    [InlineData("token_classification", "labels.csv texts/ texts/a.text")]
    [InlineData("sentence_pair_classification", "labels.csv texts/ texts/a.txt")]
    [InlineData("masked_language_modeling", "labels.csv sequences/ sequences/a.txt tokenizer.json")]
    [InlineData("causal_language_modeling", "labels.csv texts/ texts/a.txt")]
    [InlineData("seq2seq", "labels.csv texts/ texts/a.txt")]
    [InlineData("embeddings", "labels.csv texts/ texts/a.txt")]
    [InlineData("tabular_classification", "rows.csv")]
    [InlineData("tabular_regression", "labels.csv archive/")]
    [InlineData("time_series_forecasting", "rows.CSV readme.txt")]
    [InlineData("time_series_classification", "rows.csv")]
    [InlineData("time_to_event_prediction", "rows.csv")]
    public void Each_category_finds_its_files(string category, string listed)
    {
        var found = Look(category, listed);

        Assert.Null(found.Fault);
        Assert.Equal(Rules(category).Folders.Count, found.Value!.Folders.Count);
        Assert.All(found.Value.Folders, folder => Assert.NotEmpty(folder.Files));
    }

    [Theory]
    [InlineData("image_classification", "images/ images/a.jpg",
        "labels.csv is missing in \"data\"; put the rows there")]
    [InlineData("image_classification", "labels.csv/ images/ images/a.jpg",
        "labels.csv is a folder; put the rows into")]
    [InlineData("image_classification", "labels.csv@ images/ images/a.jpg",
        "labels.csv is a symbolic link; put the file")]
    [InlineData("image_classification", "labels.csv| images/ images/a.jpg", "labels.csv is no regular file; put")]
    [InlineData("image_classification", "a.csv b.csv images/ images/a.jpg",
        "\"data\" has several CSVs: a.csv, b.csv; name the one with the rows labels.csv")]
    [InlineData("image_classification", "labels.csv",
        "images/ is missing in \"data\"; put the .jpg or .jpeg or .png files")]
    [InlineData("image_classification", "labels.csv Images/", "Images/ must be written images/; rename it")]
    [InlineData("image_classification", "labels.csv images", "images is no folder; put the images into a folder")]
    [InlineData("image_classification", "labels.csv images@",
        "images/ is a symbolic link; put the file or folder itself")]
    [InlineData("image_classification", "labels.csv images/", "images/ holds no files; put the .jpg or .jpeg or .png")]
    [InlineData("image_classification", "labels.csv images/ images/deep/", "images/ holds no files; put the")]
    [InlineData("image_classification", "labels.csv images/ images/a.webp images/b.gif images/c.gif",
        "images/ holds no .jpg or .jpeg or .png files, but 2 .gif, 1 .webp; convert")]
    [InlineData("image_classification", "labels.csv images/ images/a.jpg images/b.jpg images/c.png",
        "images/ mixes extensions: 2 .jpg, 1 .png, such as c.png; convert or rename")]
    [InlineData("image_classification", "labels.csv images/ images/A.JPG images/B.JPG",
        "images/A.JPG ends in .JPG, and extensions are written in small letters: rename it to .jpg, and 1 more")]
    [InlineData("image_classification", "labels.csv images/ images/a.jpg images/b.jpg@",
        "images/b.jpg is a symbolic link; put")]
    [InlineData("object_detection", "labels.csv images/ images/a.jpg",
        "annotations/ is missing in \"data\"; put the .xml")]
    [InlineData("semantic_segmentation", "labels.csv images/ images/a.jpg masks/ masks/a.jpg",
        "masks/ holds no .png files, but 1 .jpg; convert")]
    [InlineData("text_classification", "labels.csv texts/ texts/a.txt texts/b.text",
        "texts/ mixes extensions: 1 .text, 1 .txt")]
    [InlineData("text_classification", "labels.csv texts/ texts/a.txt tokenizer.json@",
        "tokenizer.json is a symbolic link")]
    [InlineData("tabular_regression", "notes.md",
        "\"data\" has no CSV; put the file of the rows there, or give its path")]
    [InlineData("tabular_regression", "a.csv b.csv",
        "\"data\" has several CSVs: a.csv, b.csv; give the path of the one")]
    [InlineData("tabular_regression", "a.csv/", "a.csv is a folder; put the rows into a file of this name")]
    [InlineData("tabular_regression", "labels.csv Images/",
        "Images/ is a folder of files, and tabular_regression has rows")]
    [InlineData("tabular_regression", "labels.csv texts@",
        "texts/ is a folder of files, and tabular_regression has rows")]
    public void Everything_else_is_named_with_its_remedy(string category, string listed, string fault) =>
        Assert.StartsWith(fault, Look(category, listed).Fault);

    [Fact]
    public void Long_lists_are_cut()
    {
        var look = Look("tabular_regression", "1.csv 2.csv 3.csv 4.csv 5.csv 6.csv 7.csv");

        Assert.Contains("1.csv, 2.csv, 3.csv, 4.csv, 5.csv and 2 more", look.Fault);
    }

    [Fact]
    public void Files_that_are_no_part_are_left_out()
    {
        var found = Look("image_classification", "labels.csv images/ images/a.jpg images/Thumbs.db").Value!;

        Assert.Equal(["a.jpg"], found.Folders[0].Files.Select(file => file.Name));
        Assert.Equal("labels.csv, 1 file in images/ (.jpg), 20 B in all", $"{found}");
    }

    [Fact]
    public void A_bare_csv_is_a_table_and_no_folder()
    {
        var view = new FolderView("a.csv", [new("a.csv", EntryKind.File, 5)]) { IsBareFile = true };

        Assert.True(DataLook.Of(view, "/data", Rules("tabular_regression")).IsThere);
        Assert.StartsWith(
            "\"a.csv\" is a file, and image_classification has images/ beside its rows; give the folder",
            DataLook.Of(view, "/data", Rules("image_classification")).Fault);
    }

    internal static FolderView View(IEnumerable<string> listed)
    {
        var all = listed.Distinct().ToList();
        return new("data", [.. all.Where(name => !name.TrimEnd('/').Contains('/')).Select(Entry)])
        {
            Folders = Enum.GetValues<FileFolder>().Select(FolderRule.KeyOf)
                .Where(key => all.Contains(key + "/"))
                .ToDictionary(
                    key => key,
                    IReadOnlyList<ViewEntry> (key) =>
                    [
                        .. all.Where(name => name.StartsWith(key + "/") && name.Length > key.Length + 1)
                            .Select(name => Entry(name[(key.Length + 1)..])),
                    ]),
        };
    }

    private static Found<FoundData> Look(string category, string listed) =>
        DataLook.Of(View(listed.Split(' ')), "/data", Rules(category));

    private static CategoryRules Rules(string category) => Categories.Find(category)!;

    private static ViewEntry Entry(string name) => name[^1] switch
    {
        '/' => new(name[..^1], EntryKind.Folder),
        '@' => new(name[..^1], EntryKind.Link),
        '|' => new(name[..^1], EntryKind.Other),
        _ => new(name, EntryKind.File, 10),
    };
}
