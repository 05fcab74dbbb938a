using System.Text.Json.Serialization;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>A specification as it was judged, for programs. Names and meanings stay; members may be added.</summary>
internal sealed record SpecificationReportJson
{
    public string ApiVersion { get; } = "tracebloc.io/v1";

    public string Kind { get; } = "IngestValidation";

    public required string File { get; init; }

    public required bool Valid { get; init; }

    /// <summary>SHA-256 of the schema that this program holds.</summary>
    public string SchemaSha256 { get; } = IngestSchema.Sha256;

    public string? Category { get; init; }

    public string? Table { get; init; }

    public string? Intent { get; init; }

    /// <summary>The rows of the data; absent where only the specification was validated.</summary>
    public long? Rows { get; init; }

    /// <summary>False where processors were not run, which may change the columns; absent as the rows are.</summary>
    public bool? ColumnsValidated { get; init; }

    /// <summary>The faults of the data by their validators; absent as the rows are.</summary>
    public IReadOnlyList<FindingsJson>? Findings { get; init; }

    /// <summary>Remarks on cells that became NULL or lost blanks; absent as the rows are.</summary>
    public IReadOnlyList<string>? Remarks { get; init; }

    public required IReadOnlyList<FaultJson> Errors { get; init; }

    public required IReadOnlyList<FaultJson> Warnings { get; init; }

    public static string Write(
        string file, IngestSpecification? specification, ConfigurationErrors errors, ValidationResult? data = null) =>
        JsonText.Write(
            new SpecificationReportJson
            {
                File = file,
                Valid = specification is not null && data is not { IsValid: false },
                Rows = data?.Rows,
                ColumnsValidated = data?.HasColumns,
                Findings = data is null ? null : [.. data.Findings.Select(FindingsJson.Of)],
                Remarks = data is null ? null : [.. data.Remarks],
                Category = specification?.Category,
                Table = specification?.Table,
                Intent = specification?.Intent.ToString().ToLowerInvariant(),
                Errors = [.. errors.InOrder().Select(FaultJson.Of)],
                Warnings = [.. (specification?.Warnings ?? []).Select(FaultJson.Of)],
            },
            SpecificationReportContext.Readable.SpecificationReportJson);
}

/// <summary>A fault of a file.</summary>
/// <param name="Line">Counted from 1; 0 for the whole file.</param>
/// <param name="Path">Empty for the whole file.</param>
internal sealed record FaultJson(int Line, string Path, string Message)
{
    public static FaultJson Of(ConfigurationError error) => new(error.Line, error.Path, error.Message);
}

/// <summary>The faults that one validator found: the first, and the number of all.</summary>
internal sealed record FindingsJson(
    string Validator, long Total, IReadOnlyList<string> First, IReadOnlyList<string> Notes)
{
    public static FindingsJson Of(Findings findings) => new(
        findings.Validator, findings.Total, [.. findings.First.Select(one => $"{one}")], findings.Notes);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(SpecificationReportJson))]
internal sealed partial class SpecificationReportContext : JsonSerializerContext
{
    /// <summary>Leaves arrows and quotes as they are: people read reports.</summary>
    public static SpecificationReportContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
