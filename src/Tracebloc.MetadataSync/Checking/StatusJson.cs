using System.Text.Json.Serialization;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The state of all kinds for programs. Members are added, and none is renamed or removed.</summary>
internal sealed record StatusJson(bool Differs, IReadOnlyList<KindStatusJson> Kinds)
{
    public static StatusJson Of(IReadOnlyList<KindStatus> kinds) =>
        new(kinds.Any(kind => kind.Differs), [.. kinds.Select(KindStatusJson.Of)]);
}

/// <summary>The state of one kind.</summary>
internal sealed record KindStatusJson
{
    public required string Kind { get; init; }

    /// <summary>The resource and its group: <c>models.michelangelo.api</c>.</summary>
    public required string Resource { get; init; }

    public required bool Installed { get; init; }

    public required long Objects { get; init; }

    public required RowCountsJson Rows { get; init; }

    public required DifferencesJson Differences { get; init; }

    public required long Errors { get; init; }

    /// <summary>Null where no change is known to be missing.</summary>
    public OldestChangeJson? OldestUnsynced { get; init; }

    /// <summary>The reason for which the tables cannot be asked; null where they can.</summary>
    public string? Problem { get; init; }

    public required bool Differs { get; init; }

    public static KindStatusJson Of(KindStatus kind) => new()
    {
        Kind = kind.Kind.Name,
        Resource = kind.Kind.Type.ToString(),
        Installed = kind.IsInstalled,
        Objects = kind.Objects,
        Rows = new(kind.Live, kind.Evicted, kind.Deleted),
        Differences = new(kind.WithoutRow, kind.WithoutObject, kind.Older, kind.Newer),
        Errors = kind.Errors,
        OldestUnsynced = kind.Oldest is { } oldest ? new(oldest.Text, oldest.Source) : null,
        Problem = kind.Problem,
        Differs = kind.Differs,
    };
}

/// <summary>Rows by their state.</summary>
internal sealed record RowCountsJson(long Live, long Evicted, long Deleted);

/// <summary>Objects and rows that differ, by the kind of the difference.</summary>
internal sealed record DifferencesJson(long WithoutRow, long WithoutObject, long Older, long Newer);

/// <summary>A time by RFC 3339, and the place it was read from.</summary>
internal sealed record OldestChangeJson(string Since, string Source);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StatusJson))]
internal sealed partial class CheckingJson : JsonSerializerContext;
