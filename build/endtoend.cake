/// <summary>What the end-to-end run needs beside the images: the charts, one in two versions, and stand-ins.</summary>
public sealed class EndToEnd(ICakeContext context, DirectoryPath root, DirectoryPath output)
{
    public DirectoryPath Logs => output.Combine("cluster");

    private DirectoryPath Charts => output.Combine("charts");

    private DirectoryPath Roots => output.Combine("roots");

    /// <summary>What the run has claimed, and what of it does not hold.</summary>
    public FilePath Claims => output.CombineWithFilePath("claims.txt");

    public void Prepare(IReadOnlyList<Chart> charts, HelmTools tools, string version)
    {
        context.CleanDirectory(output);
        foreach (var chart in charts)
            Package(chart, tools, Charts.Combine("now"), version);
        var parsed = Version.Parse(version);
        var client = charts.Single(one => one.Name == "client");
        Package(client, tools, Charts.Combine("next"), $"{parsed.Major}.{parsed.Minor}.{parsed.Build + 1}");
        Unpack("http", "busybox-static");
        Unpack("mysql", "mariadb-server-core", "mariadb-client", "bash", "coreutils", "dash", "grep", "sed");
    }

    /// <summary>What the run goes by: it never looks at an ambient KUBECONFIG.</summary>
    public IDictionary<string, string> Variables(string kubeConfig, HelmTools tools, Program commandLine) =>
        new Dictionary<string, string>(tools.Variables)
        {
            ["TRACEBLOC_E2E_KUBECONFIG"] = kubeConfig,
            ["TRACEBLOC_E2E_CLUSTER_SCRIPT"] = root.CombineWithFilePath("scripts/cluster.sh").FullPath,
            ["TRACEBLOC_E2E_CHARTS"] = Charts.FullPath,
            ["TRACEBLOC_E2E_IMAGES"] = root.Combine("artifacts/images").FullPath,
            ["TRACEBLOC_E2E_ROOTS"] = Roots.FullPath,
            ["TRACEBLOC_E2E_OUTPUT"] = output.FullPath,
            ["TRACEBLOC_E2E_CLI"] = commandLine.File(Architecture.Amd64).FullPath,
        };

    /// <summary>
    /// What the benchmark of pushes needs beside the published programs: a root file system for their images.
    /// </summary>
    public IDictionary<string, string> PushParts()
    {
        context.CleanDirectory(Roots.Combine("node"));
        Unpack("node", "libc6", "libssl3", "busybox-static");
        return new Dictionary<string, string>
        {
            ["TRACEBLOC_BENCHMARK_CLUSTER"] = root.CombineWithFilePath("scripts/cluster.sh").FullPath,
            ["TRACEBLOC_BENCHMARK_NODE_ROOT"] = Roots.Combine("node").FullPath,
        };
    }

    /// <summary>What tests of pods need of the running cluster: an image in its node's store.</summary>
    public IDictionary<string, string> NodeParts()
    {
        const string image = "example.com/busybox:1";
        var busybox = Roots.Combine("http");
        var archive = output.CombineWithFilePath("busybox.tar");
        var recipe = output.CombineWithFilePath("busybox.Dockerfile");
        System.IO.File.WriteAllText(recipe.FullPath, "FROM scratch\nCOPY . /\n");
        Run("buildah", "--isolation", "chroot", "bud", "-q", "-t", image, "-f", recipe.FullPath, busybox.FullPath);
        Run("buildah", "push", "-q", image, $"docker-archive:{archive}:{image}");
        Run(root.CombineWithFilePath("scripts/cluster.sh").FullPath, "load", archive.FullPath);
        return new Dictionary<string, string>
        {
            ["TRACEBLOC_TEST_POD_IMAGE"] = image,
        };
    }

    private void Package(Chart chart, HelmTools tools, DirectoryPath folder, string version)
    {
        context.EnsureDirectoryExists(folder);
        chart.Package(version, folder);
        tools.RunHelm("repo", "index", folder.FullPath);
    }

    private void Unpack(string name, params string[] packages) => Run(
        root.CombineWithFilePath("scripts/debian-image.sh").FullPath,
        ["rootfs", Roots.Combine(name).FullPath, .. packages]);

    private void Run(string program, params string[] arguments)
    {
        var exitCode = context.StartProcess(program, new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments),
        });
        if (exitCode != 0)
            throw new CakeException($"{program} {arguments[0]} ended with exit code {exitCode}: see above.");
    }
}
