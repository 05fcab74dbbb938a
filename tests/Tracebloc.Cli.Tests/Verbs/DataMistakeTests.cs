namespace Tracebloc.Cli.Tests.Verbs;

/// <summary>Each mistake in a folder or a CSV: found on this machine, as one clear message with exit code 3.</summary>
public sealed class DataMistakeTests
{
    /// <summary>The entries: a folder ends in a slash, a symbolic link in an at sign.</summary>
    public static TheoryData<string, string, string> Folders => new()
    {
        { "image_classification", "images/a.jpg", "labels.csv is missing in \"{folder}\"; put the rows there" },
        { "image_classification", "labels.csv/ images/a.jpg",
            "labels.csv is a folder; put the rows into a file of this name" },
        { "image_classification", "labels.csv@ images/a.jpg",
            "labels.csv is a symbolic link; put the file or folder itself there" },
        { "image_classification", "labels.csv", "images/ is missing in \"{folder}\"; put the .jpg or .jpeg or .png" },
        { "image_classification", "labels.csv images", "images is no folder; put the images into a folder" },
        { "image_classification", "labels.csv images@",
            "images/ is a symbolic link; put the file or folder itself there" },
        { "image_classification", "labels.csv images/a.jpg images/b.jpg@",
            "images/b.jpg is a symbolic link; put the file or folder itself there" },
        { "image_classification", "labels.csv images/", "images/ holds no files; put the" },
        { "image_classification", "labels.csv images/a.webp images/b.webp",
            "images/ holds no .jpg or .jpeg or .png files, but 2 .webp; convert or replace them" },
        { "image_classification", "labels.csv images/a.jpg images/b.jpg images/c.png",
            "images/ mixes extensions: 2 .jpg, 1 .png, such as c.png; convert or rename the files to one" },
        { "image_classification", "labels.csv images/A.JPG",
            "images/A.JPG ends in .JPG, and extensions are written in small letters: rename it to .jpg" },
        { "image_classification", "labels.csv Images/a.jpg", "Images/ must be written images/; rename it" },
        { "tabular_classification", "labels.csv Images/a.jpg",
            "Images/ is a folder of files, and tabular_classification has rows alone" },
        { "tabular_classification", "notes.txt", "\"{folder}\" has no CSV; put the file of the rows there" },
        { "tabular_classification", "a.csv b.csv", "\"{folder}\" has several CSVs: a.csv, b.csv; give the path of" },
        { "tabular_classification", "a.csv@", "a.csv is a symbolic link; put the file or folder itself there" },
    };

    public static TheoryData<string, string, string> Rows => new()
    {
        { "", "tabular_classification", "rows.csv:1: is empty; the first line names the columns" },
        { "a,label\n", "tabular_classification", "Reading: rows.csv: has no rows; add at least one" },
        { "a,a,label\n1,2,x\n", "tabular_classification",
            "rows.csv:1: column 2 is named \"a\" as column 1 is; rename one of them" },
        { "a,label\n1,x\n2\n", "tabular_classification",
            "Reading: rows.csv:3:2: has 1 value, the header has 2; leave a missing value empty" },
        { "a,label\n1,\"x\n", "tabular_classification",
            "Reading: rows.csv:2:3: the \" that opens here is never closed; close it, or double it" },
        { "a,label\n1,\u00e9\n", "tabular_classification",
            "Reading: rows.csv:2:3: byte 0xE9 is no UTF-8, perhaps Windows-1252; save the file as UTF-8" },
        { "a,label\n1,x\0\n", "tabular_classification",
            "Reading: rows.csv:2:4: contains a NUL byte; save the file as UTF-8" },
        { "a,label\n1,x\n2,y\n", "tabular_regression", "schema.label: is the label with policy: bucket, and bins" },
        { "sequence_id,timestamp,v,label\na,2,1,x\na,1,2,x\n", "time_series_classification", "SequenceOrder: " },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_folder_that_is_no_data_set_is_one_clear_message(string category, string listed, string message)
    {
        using var folder = new DataFolder();
        foreach (var entry in listed.Split(' ')) Add(folder, entry);

        await RefusedAsync(folder.Path, category, message.Replace("{folder}", folder.Path, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Rows_that_cannot_be_loaded_are_named_with_their_line(string rows, string category, string message)
    {
        using var folder = new DataFolder();
        // Each letter is one byte.
        folder.Add("rows.csv", System.Text.Encoding.Latin1.GetBytes(rows));

        await RefusedAsync(folder["rows.csv"], category, message);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_mistake()
    {
        using var folder = new DataFolder();
        folder.Add("rows.csv", "\uFEFFlabel,a\nx,1\ny,2\n");
        using var terminal = new FakeTerminal();

        await terminal.RunAsync("ingest", "init", folder["rows.csv"], "--category", "tabular_classification");
        Assert.Contains("\nlabel: label\n", await File.ReadAllTextAsync(folder["ingest.yaml"], Cancelled));
    }

    private static async Task RefusedAsync(string path, string category, string message)
    {
        using var people = new FakeTerminal();
        using var programs = new FakeTerminal();
        string[] args =
            ["dataset", "push", path, "--table", "t", "--category", category, "--label-column", "label"];

        var code = await people.RunAsync(args);
        Assert.Contains(message, people.Output + people.Error);
        Assert.DoesNotContain("   at ", people.Error);

        Assert.Equal(code, await programs.RunAsync([.. args, "--output", "json"]));
        Assert.Equal(
            (code, "error"), ((int)programs.Json["exit_code"]!, (string)programs.Json["status"]!));
        Assert.Contains(message, (string)programs.Json["error"]! + programs.Error);
        Assert.Equal(message.StartsWith("schema.", StringComparison.Ordinal) ? CliExit.Usage : CliExit.Local, code);
    }

    private static void Add(DataFolder folder, string entry)
    {
        switch (entry)
        {
            case [.., '/']:
                Directory.CreateDirectory(folder[entry]);
                break;
            case [.., '@']:
                Directory.CreateDirectory(Path.GetDirectoryName(folder[entry])!);
                folder.Link(entry[..^1], "/etc/hostname");
                break;
            default:
                folder.Add(entry, entry.EndsWith(".csv", StringComparison.Ordinal) ? "filename,label\na,x\n" : "");
                break;
        }
    }
}
