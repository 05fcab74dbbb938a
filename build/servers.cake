/// <summary>The real cluster, by scripts/cluster.sh. One that runs already is used and left alone.</summary>
public sealed class Cluster(ICakeContext context, FilePath script)
{
    /// <summary>The API server and its controllers, or also a node that holds pods to PodSecurityPolicies.</summary>
    public const string ApiOnly = "--api-only", PodSecurity = "--pod-security";

    private readonly string home = context.EnvironmentVariable("CLUSTER_HOME")
        ?? context.EnvironmentVariable("HOME") + "/.cache/tracebloc-cluster";

    private bool started;

    public string KubeConfig => $"{home}/kubeconfig";

    public FilePath Script => script;

    public void Start(string mode)
    {
        if (!context.FileExists("/etc/debian_version"))
            throw new CakeException("The real servers are Debian packages: run this target on Debian, as CI does.");
        Require("install", mode);
        if (Run("status", mode) == 0)
            return;
        started = true;
        Require("up", mode);
    }

    public void StopWhatWasStarted()
    {
        if (started)
            Run("down", "");
    }

    private void Require(string verb, string mode)
    {
        if (Run(verb, mode) is not 0 and var exitCode)
            throw new CakeException($"{script.GetFilename()} {verb} ended with exit code {exitCode}: see above.");
    }

    private int Run(string verb, string mode) => context.StartProcess(script, new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder().Append(verb).Append(mode),
        EnvironmentVariables = new Dictionary<string, string> { ["CLUSTER_HOME"] = home },
    });
}
