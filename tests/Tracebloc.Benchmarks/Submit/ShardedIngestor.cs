using System.Globalization;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>An indexed Job of four pods as processes of this machine, which share its cores.</summary>
internal sealed class ShardedIngestor(string program)
{
    private const int Pods = 4;

    // The Job is complete when every pod is.
    private const string Script =
        """
        for index in $(seq 0 $(($1 - 1))); do JOB_COMPLETION_INDEX=$index "$0" run & pids="$pids $!"; done
        for pid in $pids; do wait "$pid" || failed=1; done
        exit ${failed:-0}
        """;

    /// <summary>The pods with the environment of one ingestor, each run under a key of its own.</summary>
    public Contender Contender(string name, Contender one)
    {
        var environment = new Dictionary<string, string?>(one.Environment)
        {
            ["TRACEBLOC_INGEST_SHARDS"] = Pods.ToString(CultureInfo.InvariantCulture),
            ["TRACEBLOC_INGEST_CORRELATION_ID"] = "benchmark-shards",
        };
        return new Contender(name, "sh", "-c", Script, program, Pods.ToString(CultureInfo.InvariantCulture))
        {
            Environment = environment,
            Before = one.Before,
        };
    }
}
