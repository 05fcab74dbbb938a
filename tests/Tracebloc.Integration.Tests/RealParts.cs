using System.Globalization;

namespace Tracebloc.Integration.Tests;

/// <summary>
/// Which real parts this run may use. Only variables that the Integration target sets count: an ambient KUBECONFIG may
/// be production. Each answer is the reason to skip, or null when the part is there.
/// </summary>
public static class RealParts
{
    private const string Remedy = "run `dotnet cake --target=Integration`, which needs root on Debian";

    public static string? Registry => Variable("TRACEBLOC_TEST_REGISTRY") == "1"
        ? null
        : $"The real registry is not asked for (TRACEBLOC_TEST_REGISTRY=1): {Remedy}.";

    public static string? KubeConfig => Variable("TRACEBLOC_TEST_KUBECONFIG");

    public static string? Cluster => File.Exists(KubeConfig)
        ? null
        : $"No real API server is named (TRACEBLOC_TEST_KUBECONFIG): {Remedy}.";

    /// <summary>An image in the store of the cluster's node, with busybox at <c>/bin/busybox</c>.</summary>
    public static string? PodImage => Variable("TRACEBLOC_TEST_POD_IMAGE");

    /// <summary>A whole cluster, with a node that runs pods; an API server alone runs none.</summary>
    public static string? Node => string.IsNullOrEmpty(PodImage)
        ? "No image for pods is named (TRACEBLOC_TEST_POD_IMAGE): run `scripts/cluster.sh up` and load one, see "
            + "docs/real-parts.md."
        : Cluster;

    public static string? ImageRefresh => Variable("TRACEBLOC_TEST_IMAGE_REFRESH");

    public static string? Published => File.Exists(ImageRefresh)
        ? null
        : $"No published image-refresh is named (TRACEBLOC_TEST_IMAGE_REFRESH): {Remedy}.";

    public static string? ChartUpgrade => Variable("TRACEBLOC_TEST_CHART_UPGRADE");

    public static string? PublishedChartUpgrade => File.Exists(ChartUpgrade)
        ? null
        : $"No published chart-upgrade is named (TRACEBLOC_TEST_CHART_UPGRADE): {Remedy}.";

    /// <summary>The script that runs cosign's services and tells where cosign is.</summary>
    public static string? SigstoreScript => Variable("TRACEBLOC_TEST_SIGSTORE");

    public static string? Sigstore => File.Exists(SigstoreScript)
        ? null
        : $"No script that runs sigstore is named (TRACEBLOC_TEST_SIGSTORE): {Remedy}.";

    public static string? Ingestor => Variable("TRACEBLOC_TEST_INGESTOR");

    public static string? PublishedIngestor => File.Exists(Ingestor)
        ? null
        : $"No published ingestor is named (TRACEBLOC_TEST_INGESTOR): {Remedy}.";

    public static string? JobsManager => Variable("TRACEBLOC_TEST_JOBS_MANAGER");

    public static string? PublishedJobsManager => File.Exists(JobsManager)
        ? null
        : $"No published jobs-manager is named (TRACEBLOC_TEST_JOBS_MANAGER): {Remedy}.";

    public static string? MetadataSync => Variable("TRACEBLOC_TEST_METADATA_SYNC");

    public static string? PublishedMetadataSync => File.Exists(MetadataSync)
        ? null
        : $"No published metadata-sync is named (TRACEBLOC_TEST_METADATA_SYNC): {Remedy}.";

    /// <summary>The random sequences of metadata-sync's property on each database server.</summary>
    public static int SyncSequences =>
        int.TryParse(Variable("TRACEBLOC_TEST_SYNC_SEQUENCES"), CultureInfo.InvariantCulture, out var count)
            ? count : 15;

    /// <summary>The one sequence to repeat; null for random ones.</summary>
    public static int? SyncSeed =>
        int.TryParse(Variable("TRACEBLOC_TEST_SYNC_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : null;

    public static string? PublishedCommandLine => File.Exists(Variable("TRACEBLOC_TEST_CLI"))
        ? null
        : $"No published tracebloc is named (TRACEBLOC_TEST_CLI): {Remedy}.";

    /// <summary>The way by which published programs become images in the store of the cluster's node.</summary>
    public static string? NodeFiles => File.Exists(Variable("TRACEBLOC_BENCHMARK_CLUSTER"))
        && Directory.Exists(Variable("TRACEBLOC_BENCHMARK_NODE_ROOT"))
            ? null
            : "No script of the cluster and no root of images are named (TRACEBLOC_BENCHMARK_CLUSTER, _NODE_ROOT): run "
                + "`dotnet cake --target=E2E`.";

    /// <summary>The script that runs MySQL and MariaDB.</summary>
    public static string? MySqlScript => Variable("TRACEBLOC_TEST_MYSQL");

    public static string? Databases => File.Exists(MySqlScript)
        ? null
        : $"No script that runs MySQL and MariaDB is named (TRACEBLOC_TEST_MYSQL): {Remedy}.";

    /// <summary>The script that ends a program at its calls to the file system.</summary>
    public static string? TraceScript => Variable("TRACEBLOC_TEST_TRACE");

    public static string? Tracer => File.Exists(TraceScript)
        ? null
        : $"No script that traces programs is named (TRACEBLOC_TEST_TRACE): {Remedy}.";

    /// <summary>The programs that the benchmarks measure with and against.</summary>
    public static string? Yardsticks =>
        File.Exists(Variable("TRACEBLOC_BENCHMARK_METER")) && File.Exists(Variable("TRACEBLOC_BENCHMARK_SEP"))
            ? null
            : $"No yardsticks are named (TRACEBLOC_BENCHMARK_METER, _SEP): {Remedy}.";

    /// <summary>The etcd into which the benchmark of the mirror puts its objects.</summary>
    public static string? Etcd => Variable("TRACEBLOC_BENCHMARK_ETCD") is not null
        ? null
        : $"No etcd is named (TRACEBLOC_BENCHMARK_ETCD): {Remedy}.";

    /// <summary>The folder of the images that were made, as OCI archives.</summary>
    public static string? Images => Variable("TRACEBLOC_TEST_IMAGES");

    public static string? BuiltImages => Directory.Exists(Images)
        ? null
        : $"No folder of images is named (TRACEBLOC_TEST_IMAGES): {Remedy}.";

    /// <summary>The working tree whose build made them.</summary>
    public static string WorkingTree => Path.GetFullPath(Path.Combine(Images ?? "", "..", ".."));

    /// <summary>The script that provides busybox, shellcheck, PowerShell and Wine.</summary>
    public static string? ShellsScript => Variable("TRACEBLOC_TEST_SHELLS");

    public static string? Shells => File.Exists(ShellsScript)
        ? null
        : $"No script that provides shells is named (TRACEBLOC_TEST_SHELLS): {Remedy}.";

    /// <summary>The folder of the command line's files, one for each platform.</summary>
    public static string? BinaryFolder => Variable("TRACEBLOC_TEST_BINARIES");

    public static string? Binaries => Directory.Exists(BinaryFolder)
        ? null
        : $"No folder of the command line's files is named (TRACEBLOC_TEST_BINARIES): {Remedy}.";

    public static string? ImageRefreshForArm64 => Variable("TRACEBLOC_TEST_IMAGE_REFRESH_ARM64");

    /// <summary>The arm64 libraries that QEMU gives it.</summary>
    public static string? Arm64Root => Variable("TRACEBLOC_TEST_ARM64_ROOT");

    public static string? Arm64 => File.Exists(ImageRefreshForArm64) && Directory.Exists(Arm64Root)
        ? null
        : $"No image-refresh for arm64 is named (TRACEBLOC_TEST_IMAGE_REFRESH_ARM64, _ARM64_ROOT): {Remedy}.";

    public static string? ChartUpgradeForArm64 => Variable("TRACEBLOC_TEST_CHART_UPGRADE_ARM64");

    public static string? Arm64ChartUpgrade => File.Exists(ChartUpgradeForArm64) && Directory.Exists(Arm64Root)
        ? null
        : $"No chart-upgrade for arm64 is named (TRACEBLOC_TEST_CHART_UPGRADE_ARM64, _ARM64_ROOT): {Remedy}.";

    public static string? HelmProgram => Variable("HELM");

    public static string? Helm => File.Exists(HelmProgram) ? null : $"No helm is named (HELM): {Remedy}.";

    /// <summary>A kubectl with <c>--validate=strict</c>, which Debian's lacks.</summary>
    public static string? Kubectl => Variable("KUBECTL");

    public static string? StrictKubectl => File.Exists(Kubectl) ? null : $"No kubectl is named (KUBECTL): {Remedy}.";

    /// <summary>The shell script that does a tick's job; copied beside these tests.</summary>
    public static string RefreshByHand => Path.Combine(AppContext.BaseDirectory, "refresh-by-hand.sh");

    public static void SkipWithout(params string?[] missing)
    {
        if (missing.FirstOrDefault(reason => reason is not null) is { } reason)
            Assert.Skip(reason);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
