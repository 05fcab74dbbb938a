using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The names of a run's objects, or of those that take it back.</summary>
internal sealed record RunNames(string Job, string ConfigMap, string Secret)
{
    /// <summary>The label of every object: the run's key, or the key's hash where that is no value of labels.</summary>
    public const string Label = "tracebloc.io/ingestion-run";

    /// <summary>The annotation with the key itself.</summary>
    public const string KeyAnnotation = "tracebloc.io/ingestion-run";

    /// <summary>The annotation with <see cref="RunRequest.ContentDigest"/>.</summary>
    public const string ContentAnnotation = "tracebloc.io/content-digest";

    public const string ManagedBy = "app.kubernetes.io/managed-by";

    public const string Manager = "jobs-manager";

    // apimachinery/pkg/util/validation: at most 63 characters that begin and end with a letter or digit.
    private const int LongestLabel = 63;

    public static RunNames OfRun(IngestionRun run) =>
        new(run.JobName, $"ingest-config-{run.Key.Hash}", $"ingest-token-{run.Key.Hash}");

    public static RunNames OfUndo(IngestionRun run) =>
        new(run.UndoJobName, $"ingest-undo-config-{run.Key.Hash}", $"ingest-undo-token-{run.Key.Hash}");

    public static IReadOnlyDictionary<string, string> Labels(IngestionRun run) => new Dictionary<string, string>
    {
        [Label] = LabelOf(run.Key),
        [ManagedBy] = Manager,
    };

    public static IReadOnlyDictionary<string, string> Annotations(IngestionRun run) => new Dictionary<string, string>
    {
        [KeyAnnotation] = run.Key.Text,
        [ContentAnnotation] = run.Request.ContentDigest,
    };

    private static string LabelOf(RunKey key) =>
        key.Text is { Length: <= LongestLabel } text
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            ? text
            : key.Hash;
}
