/// <summary>What the end-to-end run needs beside the images: the chart in two versions, and stand-ins.</summary>
public sealed class EndToEnd(ICakeContext context, DirectoryPath root, DirectoryPath output)
{
    public DirectoryPath Logs => output.Combine("cluster");

    private DirectoryPath Charts => output.Combine("charts");

    private DirectoryPath Roots => output.Combine("roots");

    /// <summary>What the run has claimed, and what of it does not hold.</summary>
    public FilePath Claims => output.CombineWithFilePath("claims.txt");

    public void Prepare(Chart chart, Chart ingestor, HelmTools tools, string version)
    {
        context.CleanDirectory(output);
        Package(ingestor, tools, Charts.Combine("now"), version);
        Package(chart, tools, Charts.Combine("now"), version);
        var parsed = Version.Parse(version);
        Package(chart, tools, Charts.Combine("next"), $"{parsed.Major}.{parsed.Minor}.{parsed.Build + 1}");
        Unpack("http", "busybox-static");
        Unpack("mysql", "mariadb-server-core", "mariadb-client", "bash", "coreutils", "dash", "grep", "sed");
    }

    /// <summary>What the run goes by: it never looks at an ambient KUBECONFIG.</summary>
    public IDictionary<string, string> Variables(string kubeConfig, HelmTools tools) =>
        new Dictionary<string, string>(tools.Variables)
        {
            ["TRACEBLOC_E2E_KUBECONFIG"] = kubeConfig,
            ["TRACEBLOC_E2E_CLUSTER_SCRIPT"] = root.CombineWithFilePath("scripts/cluster.sh").FullPath,
            ["TRACEBLOC_E2E_CHARTS"] = Charts.FullPath,
            ["TRACEBLOC_E2E_IMAGES"] = root.Combine("artifacts/images").FullPath,
            ["TRACEBLOC_E2E_ROOTS"] = Roots.FullPath,
            ["TRACEBLOC_E2E_OUTPUT"] = output.FullPath,
        };

    private void Package(Chart chart, HelmTools tools, DirectoryPath folder, string version)
    {
        context.EnsureDirectoryExists(folder);
        chart.Package(version, folder);
        tools.RunHelm("repo", "index", folder.FullPath);
    }

    private void Unpack(string name, params string[] packages)
    {
        var script = root.CombineWithFilePath("scripts/debian-image.sh");
        var exitCode = context.StartProcess(script, new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(
                ["rootfs", Roots.Combine(name).FullPath, .. packages]),
        });
        if (exitCode != 0)
            throw new CakeException($"{script.GetFilename()} rootfs ended with exit code {exitCode}: see above.");
    }
}
