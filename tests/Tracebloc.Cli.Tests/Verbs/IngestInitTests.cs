using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Verbs;

public sealed class IngestInitTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_written_file_explains_itself_and_validates_with_its_data()
    {
        using var folder = DataFolder.OfHouses();
        using var terminal = new FakeTerminal();
        using var check = new FakeTerminal();

        Assert.Equal(0, await terminal.RunAsync(
            "ingest", "init", folder.Path, "--category", "tabular_regression", "--label-column", "price"));
        Assert.Equal(0, await check.RunAsync(
            "ingest", "validate", folder["ingest.yaml"], "--data", folder.Path));

        Assert.Equal(
            $"Found in {folder.Path}: houses.csv, 65 B in all\nWritten: {folder["ingest.yaml"]}\n"
            + $"Check it: tracebloc ingest validate {folder["ingest.yaml"]} --data {folder.Path}\n",
            terminal.Output);
        ApprovedHelp.Verify("Written/houses.yaml", await File.ReadAllTextAsync(folder["ingest.yaml"], Cancelled));
        Assert.Contains(
            ": valid with its data: tabular_regression, train rows of table cats_dogs_train, 2 rows", check.Output);
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_by_force_alone()
    {
        using var folder = DataFolder.OfHouses();
        folder.Add("ingest.yaml", "mine");
        string[] args =
            ["ingest", "init", folder["houses.csv"], "--category", "tabular_regression", "--label-column", "price"];
        using var refused = new FakeTerminal();
        using var forced = new FakeTerminal();

        Assert.Equal(CliExit.Local, await refused.RunAsync(args));
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["ingest.yaml"], Cancelled));
        Assert.Equal(CliExit.Done, await forced.RunAsync([.. args, "--force", "-o", "json"]));

        Assert.Equal(
            ("succeeded", 0, "houses_train"),
            ((string)forced.Json["status"]!, (int)forced.Json["exit_code"]!, (string)forced.Json["table"]!));
        Assert.StartsWith("Found in", forced.Error);
    }

    [Fact]
    public async Task A_person_is_asked_for_what_is_missing_with_what_was_found_as_the_default()
    {
        using var folder = DataFolder.OfImages();
        using var terminal = new FakeTerminal { IsTerminal = true, Answers = "\n2\nno/good\n\n\n" };

        Assert.Equal(0, await terminal.RunAsync("ingest", "init", folder.Path));

        Assert.Contains(
            "  1  image_classification\n  2  keypoint_detection\nCategory [image_classification]: ", terminal.Output);
        Assert.Contains("Use of the rows [train]: ", terminal.Output);
        Assert.Contains("Table [cats_dogs_test]: \"no/good\" is not a table name", terminal.Output);
        Assert.Contains("  1  filename\n  2  label\nColumn of the label [label]: ", terminal.Output);
        var yaml = await File.ReadAllTextAsync(folder["ingest.yaml"], Cancelled);
        Assert.Contains("\ntable: cats_dogs_test\n", yaml);
        Assert.Contains("\nlabel: label\n", yaml);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\n")]
    [InlineData("1\n1\n")]
    [InlineData("1\n1\n\n")]
    public async Task Declining_a_question_is_an_end_without_a_fault(string answers)
    {
        using var folder = DataFolder.OfImages();
        using var terminal = new FakeTerminal { IsTerminal = true, Answers = answers };

        Assert.Equal(0, await terminal.RunAsync("ingest", "init", folder.Path));

        Assert.EndsWith("Cancelled: nothing was written.\n", terminal.Output);
        Assert.False(File.Exists(folder["ingest.yaml"]));
    }

    [Fact]
    public async Task Without_input_a_person_is_not_asked()
    {
        using var folder = DataFolder.OfImages();
        using var terminal = new FakeTerminal { IsTerminal = true, Answers = "\n\n\n\n" };

        Assert.Equal(CliExit.Usage, await terminal.RunAsync("ingest", "init", folder.Path, "--no-input"));
    }

    [Fact]
    public async Task Remarks_on_columns_are_notes_on_standard_error()
    {
        using var folder = new DataFolder();
        folder.Add(
            "a.csv",
            "id,empty,key,y\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"{i},,{i * 3},a\n")));
        using var terminal = new FakeTerminal();

        Assert.Equal(0, await terminal.RunAsync(
            "ingest", "init", folder["a.csv"], "--category", "tabular_classification", "--label-column", "y"));

        Assert.Equal(
            """
            note: Column "id" is left out: every table has a column of this name
            note: Column "empty" has no value: its type VARCHAR(1) is a guess
            note: Column "key" looks like an identifier: all of its numbers differ

            """,
            terminal.Error);
    }
}
