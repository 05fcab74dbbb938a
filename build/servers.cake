/// <summary>The real API server, by scripts/cluster.sh. One that runs already is used and left alone.</summary>
public sealed class Cluster(ICakeContext context, FilePath script)
{
    private readonly string home = context.EnvironmentVariable("CLUSTER_HOME")
        ?? context.EnvironmentVariable("HOME") + "/.cache/tracebloc-cluster";

    private bool started;

    public string KubeConfig => $"{home}/kubeconfig";

    public void Start()
    {
        if (!context.FileExists("/etc/debian_version"))
            throw new CakeException("The real servers are Debian packages: run this target on Debian, as CI does.");
        Require("install");
        if (Run("status") == 0)
            return;
        started = true;
        Require("up");
    }

    public void StopWhatWasStarted()
    {
        if (started)
            Run("down");
    }

    private void Require(string verb)
    {
        if (Run(verb) is not 0 and var exitCode)
            throw new CakeException($"{script.GetFilename()} {verb} ended with exit code {exitCode}: see above.");
    }

    private int Run(string verb) => context.StartProcess(script, new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder().Append(verb).Append("--api-only"),
        EnvironmentVariables = new Dictionary<string, string> { ["CLUSTER_HOME"] = home },
    });
}
