using System.Text.Json.Serialization;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Checks;

/// <summary><c>tracebloc cluster info --output json</c>: one object. A part that is unknown is null.</summary>
internal sealed record ClusterInfoJson
{
    public required string Status { get; init; }

    public required int ExitCode { get; init; }

    /// <summary>The gravest of the errors; left out without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error => Errors is [var first, ..] ? first : null;

    /// <summary>The faults of the parts that are unknown.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    public required string? Context { get; init; }

    public required string Server { get; init; }

    public required string Namespace { get; init; }

    public required ReleaseJson Release { get; init; }

    public required ManagerJson? JobsManager { get; init; }

    public required SchemaJson? Schema { get; init; }

    public required string? IngestorImage { get; init; }

    public required string? ServiceAccount { get; init; }

    public required TokenJson? Token { get; init; }

    public required VolumeJson? Volume { get; init; }

    public static ClusterInfoJson Of(ClusterInfo info, Ending ending)
    {
        var (schema, token, volume) = (info.Schema.Value, info.Token.Value, info.Volume.Value);
        return new ClusterInfoJson
        {
            Status = ending.Status,
            ExitCode = ending.ExitCode,
            Errors = [.. info.Faults.Select(fault => fault.Message)],
            Context = info.Context,
            Server = info.Server,
            Namespace = info.Release.Namespace,
            Release = new ReleaseJson(info.Release.Name, info.Release.ChartVersion, info.Release.AppVersion),
            JobsManager = schema is null ? null : new ManagerJson(schema.Server, info.Release.IsReady),
            Schema = schema is null ? null : SchemaJson.Of(schema),
            IngestorImage = info.Release.Image,
            ServiceAccount = token?.Account,
            Token = token is null ? null : new TokenJson(token.Secret, token.Expires),
            Volume = volume is null
                ? null
                : new VolumeJson(volume.Claim, volume.Phase, volume.Size, volume.AccessModes),
        };
    }
}

/// <summary>The release.</summary>
internal sealed record ReleaseJson(string Name, string? ChartVersion, string? AppVersion);

/// <summary>jobs-manager.</summary>
internal sealed record ManagerJson(string? Version, bool Ready);

/// <summary>A schema on both sides.</summary>
internal sealed record SchemaJson(string Name, string Digest, string? ServerDigest, string Verdict)
{
    public static SchemaJson Of(SchemaMatch match) => new(
        SchemaMatch.Name, SchemaMatch.OwnDigest, match.ServerDigest, match.Verdict switch
        {
            SchemaVerdict.Same => "same",
            SchemaVerdict.ServerIsNewer => "server_is_newer",
            _ => "server_is_older",
        });
}

/// <summary>The origin of the token and its end, never the token.</summary>
/// <param name="Secret">The Secret that holds it; null where it was made by TokenRequest.</param>
/// <param name="Expires">Null where it does not expire.</param>
internal sealed record TokenJson(string? Secret, DateTimeOffset? Expires);

/// <summary>The volume.</summary>
internal sealed record VolumeJson(string Claim, string Phase, string? Size, IReadOnlyList<string> AccessModes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ClusterInfoJson))]
[JsonSerializable(typeof(DoctorJson))]
internal sealed partial class ChecksJson : JsonSerializerContext
{
    public static ChecksJson Readable => field ??= new(JsonText.Readable(Default.Options));
}
