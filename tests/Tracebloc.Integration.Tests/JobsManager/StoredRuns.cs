using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Tests;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>Runs as they are submitted, with values that a server may change.</summary>
internal static class StoredRuns
{
    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static RunKey Key(string text) => Some.Key(text);

    public static IngestionRun New(string key, string ns = "tracebloc")
    {
        var run = Some.Run(key);
        return run with
        {
            Request = run.Request with
            {
                Specification = "apiVersion: tracebloc.io/v1\nspec: 'it''s \\ \"quoted\" – ünï 🏠'\n",
                ImageDigest = "sha256:" + new string('b', 64),
            },
            Namespace = ns,
            AcceptedAt = Time,
        };
    }
}
