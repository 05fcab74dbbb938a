using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary>Validation of the rows that processors write, and the note where no interpreter is there.</summary>
public sealed class ValidateProcessorsTests : IDisposable
{
    // The column area is the processor's alone.
    private const string Houses =
        """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_classification
        table: houses_train
        intent: train
        csv: /data/shared/in/houses.csv
        label: kind
        schema: {area: INT, kind: VARCHAR(10)}
        spec: {processors: [{script: in/clean.py, class: Clean, args: {unit: m}}]}
        """;

    private const string Clean =
        """
        class Clean:
            def __init__(self, unit): self.unit = unit
            def process(self, row):
                if row["size"] == "": return None
                return {"area": row["size"].removesuffix(self.unit), "kind": row["kind"]}
        """;

    private readonly RecordingLogger _logger = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Python => $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}";

    private string NoPython => Path.Combine(_folder.FullName, "none");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_rows_that_a_processor_wrote_are_validated()
    {
        var (code, output) = await ValidateAsync("size,kind\n12m,flat\n,hut\n7m,hut\n", Python);

        Assert.Equal(IngestorExit.Done, code);
        Assert.EndsWith(
            ": valid with its data: tabular_classification, train rows of table houses_train, 2 rows\n", output);
        Assert.DoesNotContain("not validated", output);
    }

    [Fact]
    public async Task A_fault_of_a_processed_row_is_one_of_the_data()
    {
        var (code, output) = await ValidateAsync("size,kind\n12m,flat\n7ft,hut\n", Python);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Contains("Data: houses.csv, processed:3: area: \"7ft\" is not an INT", output);
        Assert.EndsWith("Data set houses_train is not valid: 1 fault; correct the data\n", output);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_a_fault_before_any_processor()
    {
        var (code, output) = await ValidateAsync("size,kind\n12m\n", Python);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.StartsWith("Reading: houses.csv:2:", output);
    }

    [Fact]
    public async Task A_processor_that_fails_is_named_with_its_last_lines()
    {
        var (code, _) = await ValidateAsync("length,kind\n12m,flat\n", Python);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Contains("(Clean) ended at row 1", Assert.Single(_logger.Lines));
        Assert.Contains("KeyError: 'size'", _logger.Lines[0]);
    }

    [Fact]
    public async Task A_missing_script_is_named()
    {
        var (code, _) = await ValidateAsync("size,kind\n12m,flat\n", Python, script: null);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Contains(
            $"{Path.Combine(_folder.FullName, "clean.py")} does not exist", Assert.Single(_logger.Lines));
    }

    [Fact]
    public async Task Without_an_interpreter_columns_are_not_validated_and_a_note_states_it()
    {
        var (code, output) = await ValidateAsync("size,kind\n12m,flat\n", NoPython);
        var (_, json) = await ValidateAsync("size,kind\n12m,flat\n", NoPython, output: OutputFormat.Json);

        Assert.Equal(IngestorExit.Done, code);
        Assert.StartsWith(
            "Processors: note: spec.processors were not run, because no python3 was found: columns were not validated;",
            output);
        Assert.Contains(": valid with its data, columns not validated: ", output);
        Assert.False((bool)JsonNode.Parse(json)!["columnsValidated"]!);
        Assert.Equal("Processors", (string)JsonNode.Parse(json)!["findings"]![0]!["validator"]!);
    }

    [Fact]
    public async Task Without_an_interpreter_rows_are_read_nevertheless()
    {
        var (code, output) = await ValidateAsync("size,kind\n12m\n", NoPython);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Contains("Reading: houses.csv:2:", output);
    }

    private async Task<(int Code, string Output)> ValidateAsync(
        string rows, string path, string? script = Clean, OutputFormat output = default)
    {
        var file = Path.Combine(_folder.FullName, "ingest.yaml");
        await File.WriteAllTextAsync(file, Houses, Cancelled);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "houses.csv"), rows, Cancelled);
        if (script is not null)
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "clean.py"), script, Cancelled);
        using var stream = new MemoryStream();
        var verb = new ValidateVerb(level => new ProgramContext(
            TimeProvider.System, name => name == "PATH" ? path : null, _logger, new ResultWriter(() => stream)));
        var code = await verb.ExecuteAsync(new(file, _folder.FullName, output, default), Cancelled);
        return (code, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
