namespace Tracebloc.JobsManager.Settings;

/// <summary>The repository of the ingestor's image, by the rules of the client chart.</summary>
internal static class ImageRepository
{
    /// <summary>The published one.</summary>
    public const string Own = "ghcr.io/tracebloc/ingestor";

    private const string DefaultHost = "docker.io";

    /// <summary>
    /// A mirror replaces the registry of the product's own repository, and is the registry of one that names none;
    /// a repository that names another registry stays.
    /// </summary>
    /// <param name="given">The repository; null for the published one.</param>
    /// <param name="host">The mirror's host, <c>harbor.example.com/</c>; null or docker.io for none.</param>
    public static string Of(string? given, string? host)
    {
        var repository = given ?? Own;
        var mirror = host?.TrimEnd('/') is { Length: > 0 } named && named != DefaultHost ? named : null;
        if (!NamesRegistry(repository)) return $"{mirror ?? DefaultHost}/{repository}";
        return mirror is not null && repository == Own
            ? $"{mirror}{Own[Own.IndexOf('/', StringComparison.Ordinal)..]}"
            : repository;
    }

    private static bool NamesRegistry(string repository) =>
        repository.Split('/') is [var first, _, ..]
        && (first == "localhost" || first.Contains('.', StringComparison.Ordinal)
            || first.Contains(':', StringComparison.Ordinal));
}
