using System.Text.Json.Serialization;

namespace Tracebloc.JobsManager.Web;

/// <summary>The answer to a list of data sets.</summary>
internal sealed record DatasetsJson(IReadOnlyList<DatasetJson> Datasets);

/// <summary>A data set as callers see it; a member without a value is null, the last four are absent.</summary>
internal sealed record DatasetJson
{
    public required string Table { get; init; }

    public required string? Category { get; init; }

    public required string? Intent { get; init; }

    public required string State { get; init; }

    public required long Rows { get; init; }

    public required long Bytes { get; init; }

    public required long Files { get; init; }

    public required DateTimeOffset? CreatedAt { get; init; }

    public required DatasetRunJson? LastRun { get; init; }

    public required string? Error { get; init; }

    /// <summary>With its type each. Absent from a list, as are the members after it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ColumnJson>? Columns { get; init; }

    /// <summary>Absent where they are no classes, or are too many rows to count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LabelJson>? Labels { get; init; }

    /// <summary>True where there are labels beyond those.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MoreLabels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DatasetRunJson>? Runs { get; init; }
}

/// <summary>A column of the table.</summary>
internal sealed record ColumnJson(string Name, string Type);

/// <summary>The rows of one label.</summary>
internal sealed record LabelJson(string? Label, long Count);

/// <summary>A run of a data set.</summary>
internal sealed record DatasetRunJson
{
    public required string IdempotencyKey { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required long? Rows { get; init; }
}

/// <summary>The answer to a deletion.</summary>
internal sealed record DeletionJson(string JobName, string Namespace, string Table);

/// <summary>The answer to a deletion that is only tried.</summary>
internal sealed record LossJson(string Table, long Rows, long Bytes, long Files, int Runs);
