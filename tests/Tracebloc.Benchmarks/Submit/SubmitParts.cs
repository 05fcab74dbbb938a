namespace Tracebloc.Benchmarks.Submit;

/// <summary>The programs that take part, the cluster, and the script that tells how to reach the database.</summary>
internal sealed record SubmitParts(string KubeConfig, string JobsManager, string Ingestor, string MySqlScript)
{
    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static SubmitParts FromEnvironment() => new(
        PartFile.Of("TRACEBLOC_TEST_KUBECONFIG"),
        PartFile.Of("TRACEBLOC_TEST_JOBS_MANAGER"),
        PartFile.Of("TRACEBLOC_TEST_INGESTOR"),
        PartFile.Of("TRACEBLOC_TEST_MYSQL"));
}
