using System.Text;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Validation;

/// <summary>Validates rows by a specification of a few lines.</summary>
internal sealed record Validate(string Category, string Schema)
{
    public static readonly DateTimeOffset Now = new(2024, 6, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>More keys of the specification, each a line.</summary>
    public string Keys { get; init; } = "";

    public IReadOnlyList<IRowValidator> Rows { get; init; } = [];

    public IReadOnlyList<IFolderValidator> Folders { get; init; } = [];

    public static Validate Classification(string schema) => new("tabular_classification", schema)
    {
        Keys = "label: kind",
    };

    public static Validate Regression(string schema, string label) => new("tabular_regression", schema)
    {
        Keys = $"label: {label}",
    };

    public IngestSpecification Specification()
    {
        var errors = new ConfigurationErrors("ingest.yaml");
        var specification = IngestDocument.Parse(
            $"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: {Category}
            table: t
            intent: train
            csv: rows.csv
            schema: {Schema}
            {Keys}
            """,
            errors);
        Assert.Empty(errors.InOrder());
        Assert.NotNull(specification);
        return specification;
    }

    public async Task<ValidationResult> RunAsync(string csv, IProgress<ValidationProgress>? progress = null)
    {
        var token = TestContext.Current.CancellationToken;
        var scratch = Directory.CreateTempSubdirectory("validate-");
        try
        {
            var specification = Specification();
            async Task<RecordReader> OpenAsync(CancellationToken opening) => await CsvReader.OpenAsync(
                new(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "rows.csv"), specification.Csv, opening, 4096);
            await using var reader = await OpenAsync(token);
            var result = await ValidationRun.RunAsync(
                new(specification, reader, scratch.FullName, new ManualTimeProvider(Now))
                {
                    Rows = Rows,
                    Folders = Folders,
                    Reopen = OpenAsync,
                },
                progress,
                token);
            Assert.Empty(scratch.GetFiles());
            return result;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>The findings and notes, each a line that begins with its validator.</summary>
    public async Task<string> ReportAsync(string csv)
    {
        var result = await RunAsync(csv);
        return string.Join('\n', result.Findings.SelectMany(each =>
            each.First.Select(finding => $"{each.Validator}: {finding}")
                .Concat(each.Notes.Select(note => $"{each.Validator}: note: {note}"))));
    }
}
