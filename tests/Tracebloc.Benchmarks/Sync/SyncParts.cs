namespace Tracebloc.Benchmarks.Sync;

/// <summary>The program that takes part, and the servers.</summary>
/// <param name="KubeConfig">The cluster.</param>
/// <param name="MetadataSync">The program.</param>
/// <param name="MySqlScript">The script that tells how to reach the database.</param>
/// <param name="Etcd">The cluster's etcd, into which objects are put many at a time.</param>
internal sealed record SyncParts(string KubeConfig, string MetadataSync, string MySqlScript, Uri Etcd)
{
    private const string EtcdVariable = "TRACEBLOC_BENCHMARK_ETCD";

    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static SyncParts FromEnvironment() => new(
        PartFile.Of("TRACEBLOC_TEST_KUBECONFIG"),
        PartFile.Of("TRACEBLOC_TEST_METADATA_SYNC"),
        PartFile.Of("TRACEBLOC_TEST_MYSQL"),
        Uri.TryCreate(Environment.GetEnvironmentVariable(EtcdVariable), UriKind.Absolute, out var etcd)
            ? etcd : throw new FileNotFoundException($"{EtcdVariable} names no address of the cluster's etcd."));
}
