using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;

namespace Tracebloc.JobsManager.Tests;

/// <summary>Values that most tests begin with.</summary>
internal static class Some
{
    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static PodSettings Pods { get; } = new()
    {
        MysqlHost = "mysql-client",
        DatabaseSecret = "tracebloc-db",
        ProxyUrl = "http://requests-proxy:8888",
        Environment = "prod",
        Claim = "client-pvc",
        Requests = new Dictionary<string, string> { ["cpu"] = "250m", ["memory"] = "512Mi" },
        Limits = new Dictionary<string, string> { ["cpu"] = "2", ["memory"] = "1Gi" },
    };

    public static RunKey Key(string text = "run-7") =>
        RunKey.TryParse(text, out var key) ? key : throw new ArgumentException($"{text} is no key.");

    public static IngestionRun Run(string key = "run-7", int parallelism = 1) => new()
    {
        Request = new RunRequest
        {
            Key = Key(key),
            Table = "houses",
            Intent = "train",
            Category = "tabular_regression",
            Specification = "apiVersion: tracebloc.io/v1\nkind: IngestConfig\n",
            ContentDigest = new string('a', 64),
            Parallelism = parallelism,
            Caller = "tracebloc/ingestor",
        },
        Namespace = "tracebloc",
        Image = "example.com/ingestor@sha256:" + new string('b', 64),
        AcceptedAt = Time,
    };
}
