using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.Net.Files;

namespace Tracebloc.ChartUpgrade.Charts;

/// <summary>
/// Helm's <c>repositories.yaml</c> with the one repository. By this file it learns credentials, which its options would
/// show in the list of processes; and without <c>helm repo add</c>, which fetches once more.
/// </summary>
internal sealed record RepositoryFile(IReadOnlyList<RepositoryEntry> Repositories)
{
    public const string Name = "charts";

    /// <summary>Writes it as JSON, which is YAML.</summary>
    public static void Write(string file, ChartSource source, string? password)
    {
        var entry = new RepositoryEntry
        {
            Name = Name,
            Url = source.Repository.AbsoluteUri,
            CaFile = source.CaFile is null ? null : UserPath.Absolute(source.CaFile),
            Username = source.Username,
            Password = password,
        };
        using var stream = File.Create(file);
        JsonSerializer.Serialize(stream, new RepositoryFile([entry]), RepositoryFileContext.Default.RepositoryFile);
    }
}

internal sealed record RepositoryEntry
{
    public required string Name { get; init; }

    public required string Url { get; init; }

    public string? CaFile { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RepositoryFile))]
internal sealed partial class RepositoryFileContext : JsonSerializerContext;
