using System.Text.Json.Serialization;
using Tracebloc.Cli.Describing;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Verbs;

/// <summary>The result of <c>tracebloc ingest validate</c>, for programs.</summary>
internal sealed record IngestValidateJson(string Status, int ExitCode, IReadOnlyList<ValidatedFileJson> Files)
{
    public string? Error => Files.Count(file => !file.Valid) is > 0 and var wrong
        ? $"{wrong} of {ValidationText.Counted(Files.Count, "description")} not valid"
        : null;
}

/// <summary>One description as it was judged.</summary>
internal sealed record ValidatedFileJson(string File, bool Valid)
{
    public string? Category { get; init; }

    public string? Table { get; init; }

    public string? Intent { get; init; }

    /// <summary>The rows of the data; absent where the description alone was validated.</summary>
    public long? Rows { get; init; }

    /// <summary>False where processors may change the columns; absent as the rows are.</summary>
    public bool? ColumnsValidated { get; init; }

    public IReadOnlyList<ErrorJson> Errors { get; init; } = [];

    public IReadOnlyList<ErrorJson> Warnings { get; init; } = [];

    /// <summary>The faults of the data by their validators; absent as the rows are.</summary>
    public IReadOnlyList<FindingsJson>? Findings { get; init; }

    /// <summary>Remarks on cells that become NULL or lose blanks; absent as the rows are.</summary>
    public IReadOnlyList<string>? Remarks { get; init; }

    [JsonIgnore]
    public int ExitCode { get; private init; }

    public static ValidatedFileJson Of(string path, DescriptionFile file, ValidationResult? data = null)
    {
        var specification = file.Specification;
        return new(path, specification is not null && data is not { IsValid: false })
        {
            Category = specification?.Category,
            Table = specification?.Table,
            Intent = specification?.Intent.ToString().ToLowerInvariant(),
            Rows = data?.Rows,
            ColumnsValidated = data?.HasColumns,
            Errors = [.. file.Errors.Select(ErrorJson.Of)],
            Warnings = [.. (specification?.Warnings ?? []).Select(ErrorJson.Of)],
            Findings = data is null ? null : [.. data.Findings.Select(FindingsJson.Of)],
            Remarks = data is null ? null : [.. data.Remarks],
            ExitCode = data is { IsValid: false } ? CliExit.Local : file.ExitCode,
        };
    }
}

/// <summary>An error of a description.</summary>
/// <param name="Line">Counted from 1; 0 for the whole file.</param>
/// <param name="Path">Empty for the whole file.</param>
internal sealed record ErrorJson(int Line, string Path, string Message)
{
    public static ErrorJson Of(ConfigurationError error) => new(error.Line, error.Path, error.Message);
}

/// <summary>The faults that one validator found: the first, and the number of all.</summary>
internal sealed record FindingsJson(
    string Validator, long Total, IReadOnlyList<string> First, IReadOnlyList<string> Notes)
{
    public static FindingsJson Of(Findings findings) => new(
        findings.Validator, findings.Total, [.. findings.First.Select(one => $"{one}")], findings.Notes);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IngestValidateJson))]
internal sealed partial class IngestValidateContext : JsonSerializerContext
{
    public static IngestValidateContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
