namespace Tracebloc.EndToEnd;

/// <summary>
/// The programs that the E2E target has built and its cluster. Only variables of the target count: an ambient
/// KUBECONFIG may be production.
/// </summary>
/// <param name="KubeConfig">The cluster's; its node is this machine.</param>
/// <param name="ClusterScript">Tells that cluster where a registry's name leads.</param>
/// <param name="Charts">A chart repository: the chart in two versions, and the index.yaml.</param>
/// <param name="Images">The product's images, as OCI archives.</param>
/// <param name="Roots">Root file systems of the stand-ins, one folder each.</param>
/// <param name="Output">Where logs and manifests are left.</param>
internal sealed record Parts(
    string KubeConfig, string ClusterScript, string Charts, string Images, string Roots, string Output)
{
    /// <summary>The published command line.</summary>
    public required string CommandLine { get; init; }

    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static Parts FromEnvironment() => new(
        Find("TRACEBLOC_E2E_KUBECONFIG"),
        Find("TRACEBLOC_E2E_CLUSTER_SCRIPT"),
        Find("TRACEBLOC_E2E_CHARTS"),
        Find("TRACEBLOC_E2E_IMAGES"),
        Find("TRACEBLOC_E2E_ROOTS"),
        Find("TRACEBLOC_E2E_OUTPUT"))
    {
        CommandLine = Find("TRACEBLOC_E2E_CLI"),
    };

    private static string Find(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } path && Path.Exists(path)
            ? Path.GetFullPath(path)
            : throw new FileNotFoundException(
                $"{variable} names nothing: run `dotnet cake --target=E2E`, which needs root on Debian.");
}
