using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class ValidationRunTests
{
    private static readonly Validate Rows = Validate.Classification("{a: INT, kind: INT}");

    [Fact]
    public async Task Records_that_cannot_be_read_are_findings_and_the_others_are_validated() => Assert.Equal(
        """
        Reading: rows.csv:3:2: has 1 value, the header has 2; leave a missing value empty between its delimiters
        Data: rows.csv:4:1: a: "x" is not an INT; write digits, or declare VARCHAR
        """,
        await Rows.ReportAsync("a,kind\n1,0\n2\nx,1\n"));

    [Fact]
    public async Task All_unreadable_records_are_counted()
    {
        var result = await Rows.RunAsync("a,kind\n" + string.Concat(Enumerable.Repeat("1\n", 5_000)));

        Assert.Equal((5_000, 20), (result.Findings[0].Total, result.Findings[0].First.Count));
        Assert.Equal((0, 5_000), (result.Rows, result.Faults));
    }

    [Fact]
    public async Task A_file_without_rows_is_a_finding() =>
        Assert.Equal("Reading: rows.csv: has no rows; add at least one", await Rows.ReportAsync("a,kind\n"));

    [Fact]
    public async Task Values_that_an_escape_changed_are_a_note() => Assert.Equal(
        "Reading: note: csv_options.escapechar changed 2 values: the character behind it is taken literally; name "
        + "another one where it is data",
        await Validate.Classification("{a: VARCHAR(20), kind: INT}")
            .ReportAsync("a,kind\nC:\\temp\\new,0\n\"\\\"\",1\nx,1\n"));

    [Fact]
    public async Task Validators_of_others_join_the_pass_in_the_order_of_the_category()
    {
        var count = new Counting("FilesExist");
        var rows = Rows with { Rows = [count], Folders = [new Folder("FileType")] };

        Assert.Equal(
            "Data: rows.csv:2:1: a: \"x\" is not an INT; write digits, or declare VARCHAR\n"
            + "FilesExist: note: 3000 rows\nFileType: note: looked",
            await rows.ReportAsync("a,kind\nx,0\n" + string.Concat(Enumerable.Repeat("1,1\n", 2_999))));
    }

    [Fact]
    public void A_source_without_columns_is_a_finding()
    {
        var result = ValidationResult.Unreadable(new("rows.csv", new(1, 0, 0, "is empty")));

        Assert.Equal((1, 0), (result.Faults, result.Rows));
        Assert.Equal("rows.csv:1: is empty", $"{result.Findings[0].First[0]}");
    }

    [Fact]
    public async Task Progress_is_reported_with_rows_and_bytes()
    {
        var reports = new Reports();
        await Rows.RunAsync("a,kind\n" + string.Concat(Enumerable.Repeat("1,1\n2,0\n", 5_000)), reports);

        Assert.Equal(new ValidationProgress(10_000, 40_007), reports.All[^1]);
        Assert.InRange(reports.All.Count, 2, 100);
    }

    [Fact]
    public async Task A_failing_validator_ends_the_run_and_its_reader()
    {
        var rows = Rows with { Rows = [new Counting("Failing") { Fails = true }] };

        await Assert.ThrowsAsync<InvalidDataException>(
            () => rows.RunAsync("a,kind\n" + string.Concat(Enumerable.Repeat("1,1\n", 50_000))));
    }

    [Fact]
    public void The_findings_of_a_validator_cost_the_same_for_any_number()
    {
        var findings = new Findings("Data");
        for (var i = 0; i < 20; i++) findings.Add(new("f", i, 0, null, "m"));

        Assert.Equal(0, Testing.Allocations.Of(findings, each =>
        {
            for (var i = 0; i < 1_000; i++)
                if (each.Count()) each.Keep(new("f", i, 0, null, "m"));
        }));
        Assert.Equal((2_020, 20), (findings.Total, findings.First.Count));
    }

    private sealed class Counting(string name) : IRowValidator
    {
        private long _rows;

        public string Name => name;

        public bool Fails { get; init; }

        public void Begin(RecordHeader header, Findings findings) => Assert.Equal(["a", "kind"], header.Names);

        public void Look(RecordBatch batch, Findings findings)
        {
            if (Fails) throw new InvalidDataException("no");
            _rows += batch.Count;
        }

        public void End(Findings findings) => findings.Note($"{_rows} rows");
    }

    private sealed class Folder(string name) : IFolderValidator
    {
        public string Name => name;

        public Task CheckAsync(Findings findings, CancellationToken cancellationToken)
        {
            findings.Note("looked");
            return Task.CompletedTask;
        }
    }

    private sealed class Reports : IProgress<ValidationProgress>
    {
        public List<ValidationProgress> All { get; } = [];

        public void Report(ValidationProgress value) => All.Add(value);
    }
}
