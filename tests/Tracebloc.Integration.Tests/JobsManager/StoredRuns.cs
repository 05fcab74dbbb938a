using Tracebloc.JobsManager.Runs;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>Runs as they are submitted.</summary>
internal static class StoredRuns
{
    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static RunKey Key(string text) =>
        RunKey.TryParse(text, out var key) ? key : throw new ArgumentException($"{text} is no key.");

    public static IngestionRun New(string key, string ns = "tracebloc") => new()
    {
        Request = new RunRequest
        {
            Key = Key(key),
            Table = "houses",
            Intent = "train",
            Category = "tabular_regression",
            Specification = "apiVersion: tracebloc.io/v1\nspec: 'it''s \\ \"quoted\" – ünï 🏠'\n",
            ContentDigest = new string('a', 64),
            ImageDigest = "sha256:" + new string('b', 64),
            Caller = "tracebloc/ingestor",
        },
        Namespace = ns,
        Image = "example.com/ingestor@sha256:" + new string('b', 64),
        AcceptedAt = Time,
    };
}
