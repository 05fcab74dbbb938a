namespace Tracebloc.Benchmarks.Ingest;

/// <summary>The programs that take part, and the script that tells how to reach the servers.</summary>
internal sealed record IngestParts(string Ingestor, string Sep, string Meter, string MySqlScript)
{
    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static IngestParts FromEnvironment() => new(
        PartFile.Of("TRACEBLOC_TEST_INGESTOR"),
        PartFile.Of("TRACEBLOC_BENCHMARK_SEP"),
        PartFile.Of("TRACEBLOC_BENCHMARK_METER"),
        PartFile.Of("TRACEBLOC_TEST_MYSQL"));
}
