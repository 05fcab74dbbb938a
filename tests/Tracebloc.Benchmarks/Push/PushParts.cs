using Tracebloc.Benchmarks.Ingest;
using Tracebloc.Benchmarks.Submit;

namespace Tracebloc.Benchmarks.Push;

/// <summary>The programs that take part, and the cluster, whose node is this machine.</summary>
/// <param name="Servers">The programs in the cluster, and its kubeconfig.</param>
/// <param name="Ingest">The ingestor by itself, and the yardsticks.</param>
/// <param name="CommandLine">The command line.</param>
/// <param name="ClusterScript">The script that puts an image into the node's store.</param>
/// <param name="NodeRoot">The root file system of images: the libraries of native programs, and busybox.</param>
internal sealed record PushParts(
    SubmitParts Servers, IngestParts Ingest, string CommandLine, string ClusterScript, string NodeRoot)
{
    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static PushParts FromEnvironment() => new(
        SubmitParts.FromEnvironment(),
        IngestParts.FromEnvironment(),
        PartFile.Of("TRACEBLOC_TEST_CLI"),
        PartFile.Of("TRACEBLOC_BENCHMARK_CLUSTER"),
        PartFile.Of("TRACEBLOC_BENCHMARK_NODE_ROOT"));
}
