using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>A line of progress for programs.</summary>
internal sealed record ProgressRecord
{
    /// <summary>The pause between two lines.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public required string? File { get; init; }

    public required long Bytes { get; init; }

    public required long? Total { get; init; }

    /// <summary>Bytes per second.</summary>
    public required long Rate { get; init; }

    public required long? SecondsLeft { get; init; }

    /// <summary>One line of JSON without its line break.</summary>
    public static string Json(ProgressState state) => JsonSerializer.Serialize(
        new ProgressRecord
        {
            File = state.File,
            Bytes = state.Bytes,
            Total = state.Total,
            Rate = (long)state.Rate,
            SecondsLeft = state.Left is { } left ? (long)Math.Ceiling(left.TotalSeconds) : null,
        },
        ProgressJson.Default.ProgressRecord);
}

/// <summary>The source-generated JSON of <see cref="ProgressRecord"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProgressRecord))]
internal sealed partial class ProgressJson : JsonSerializerContext;
