using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

public sealed class ValidateVerbTests : IDisposable
{
    private const string Houses =
        """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_regression
        table: houses_train
        intent: train
        csv: /data/shared/in/houses.csv
        label: {column: price, policy: bucket}
        schema: {rooms: INT, price: FLOAT}

        """;

    private readonly RecordingLogger _logger = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("validate-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SpecificationFile => Path.Combine(_folder.FullName, "ingest.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_specification_without_an_error_is_valid()
    {
        var (code, output) = await ValidateAsync(Houses);

        Assert.Equal(IngestorExit.Done, code);
        Assert.Equal(
            $"{SpecificationFile}: valid: tabular_regression, train rows of table houses_train\n", output);
    }

    [Fact]
    public async Task Warnings_come_before_the_verdict()
    {
        var (code, output) = await ValidateAsync(Houses + "data_id: {strategy: column, column: rooms}\n");

        Assert.Equal(IngestorExit.Done, code);
        Assert.StartsWith($"warning: {SpecificationFile}:9: data_id", output);
        Assert.EndsWith("houses_train\n", output);
    }

    [Fact]
    public async Task Every_error_has_its_line_and_the_exit_code_is_2()
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => ValidateAsync(
            Houses.Replace("category: tabular_regression", "category: tabular_regresion")
                .Replace("intent: train", "intent: learn")));

        Assert.Contains($"{SpecificationFile}:3: category: ", error.Message);
        Assert.Contains("did you mean tabular_regression?", error.Message);
        Assert.Contains($"{SpecificationFile}:5: intent: ", error.Message);
        Assert.Equal(IngestorExit.Usage, Fault.ExitCodeOf(error));
    }

    [Fact]
    public async Task Programs_get_verdict_and_errors_as_json()
    {
        var (valid, output) = await ValidateAsync(Houses, OutputFormat.Json);
        var (invalid, rejected) = await ValidateAsync(Houses.Replace("INT", "INTT"), OutputFormat.Json);

        Assert.Equal((IngestorExit.Done, IngestorExit.Usage), (valid, invalid));
        Assert.Equal(
            (true, "houses_train", "train", 64),
            ((bool)JsonNode.Parse(output)!["valid"]!, (string)JsonNode.Parse(output)!["table"]!,
                (string)JsonNode.Parse(output)!["intent"]!,
                ((string)JsonNode.Parse(output)!["schemaSha256"]!).Length));
        var error = Assert.Single(JsonNode.Parse(rejected)!["errors"]!.AsArray())!;
        Assert.Equal((8, "schema.rooms"), ((int)error["line"]!, (string)error["path"]!));
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => ValidateAsync(text: null));

        Assert.Equal($"{SpecificationFile}: does not exist; check the path and that it is mounted", error.Message);
    }

    [Fact]
    public async Task Data_is_validated_from_the_folder_that_is_named()
    {
        await WriteDataAsync("rooms,price\n 3,1.5\n4,\n");

        var (code, output) = await ValidateAsync(Houses, data: _folder.FullName);
        var (_, json) = await ValidateAsync(Houses, OutputFormat.Json, _folder.FullName);

        Assert.Equal(IngestorExit.Done, code);
        Assert.Equal(2, JsonNode.Parse(json)!["remarks"]!.AsArray().Count);
        Assert.EndsWith(
            "\nColumn price: 1 cell became NULL (\"\" 1)\nColumn rooms: 1 value lost the blanks around it\n"
            + $"{SpecificationFile}: valid with its data: tabular_regression, train rows of table houses_train, "
            + "2 rows\n",
            output);
    }

    [Fact]
    public async Task Invalid_data_is_reported_with_line_and_the_exit_code_is_1()
    {
        await WriteDataAsync("rooms,price\n3,1.5\nmany,2\n");

        var (code, output) = await ValidateAsync(Houses, data: _folder.FullName);
        var (_, json) = await ValidateAsync(Houses, OutputFormat.Json, _folder.FullName);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Contains("Data: houses.csv:3:1: rooms: ", output);
        Assert.EndsWith("\nData set houses_train is not valid: 1 fault; correct the data\n", output);
        Assert.False((bool)JsonNode.Parse(json)!["valid"]!);
        Assert.Contains(
            JsonNode.Parse(json)!["findings"]!.AsArray(),
            one => (string)one!["validator"]! == "Data" && (int)one["total"]! == 1);
    }

    [Fact]
    public async Task Missing_data_is_a_fault_as_others_are()
    {
        var (code, output) = await ValidateAsync(Houses, data: _folder.FullName);
        var (_, json) = await ValidateAsync(Houses, OutputFormat.Json, _folder.FullName);

        Assert.Equal(IngestorExit.Failed, code);
        Assert.StartsWith("Reading: houses.csv: does not exist", output);
        Assert.EndsWith("\nData set houses_train is not valid: 1 fault; correct the data\n", output);
        Assert.False((bool)JsonNode.Parse(json)!["valid"]!);
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task A_missing_folder_of_data_is_named()
    {
        var folder = Path.Combine(_folder.FullName, "none");

        var (code, _) = await ValidateAsync(Houses, data: folder);

        Assert.Equal(IngestorExit.Usage, code);
        Assert.Equal(
            $"Error: --data: folder {folder} does not exist; give the folder of the data",
            Assert.Single(_logger.Lines));
    }

    private Task WriteDataAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, "houses.csv"), text, Cancelled);

    private async Task<(int Code, string Output)> ValidateAsync(
        string? text, OutputFormat output = default, string? data = null)
    {
        if (text is not null) await File.WriteAllTextAsync(SpecificationFile, text, Cancelled);
        using var stream = new MemoryStream();
        var verb = new ValidateVerb(level => new ProgramContext(
            TimeProvider.System, _ => null, _logger, new ResultWriter(() => stream)));
        var code = await verb.ExecuteAsync(new(SpecificationFile, data, output, default), Cancelled);
        return (code, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
