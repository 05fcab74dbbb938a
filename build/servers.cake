/// <summary>
/// A real server that a script installs, starts and stops. A server that runs already is used, and left running.
/// </summary>
public sealed class ServerScript(ICakeContext context, FilePath file)
{
    private readonly List<string> started = [];

    public FilePath File => file;

    private bool IsOnDebian => context.FileExists("/etc/debian_version");

    /// <param name="mode">An option that the script's verbs take, or empty.</param>
    public void Install(string mode = "")
    {
        if (!IsOnDebian)
            throw new CakeException("The real servers are Debian packages: run this target on Debian, as CI does.");
        Require("install", mode);
    }

    /// <param name="mode">An option that the script's verbs take, or empty.</param>
    public void Start(string mode = "")
    {
        Install(mode);
        if (Run("status", mode) != 0)
        {
            started.Add(mode);
            Require("up", mode);
        }
    }

    /// <summary>Starts a server that was installed before; installs nothing.</summary>
    /// <returns>Whether it answers.</returns>
    public bool StartInstalled()
    {
        if (!IsOnDebian) return false;
        if (Run("status", "") == 0) return true;
        if (Run("up", "") != 0) return false;
        started.Add("");
        return true;
    }

    public void StopWhatWasStarted()
    {
        foreach (var mode in started)
            Run("down", mode);
        started.Clear();
    }

    private void Require(string verb, string mode)
    {
        if (Run(verb, mode) is not 0 and var exitCode)
            throw new CakeException($"{file.GetFilename()} {verb} ended with exit code {exitCode}: see above.");
    }

    private int Run(string verb, string mode) => context.StartProcess(file, new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder().Append(verb).Append(mode),
    });
}

/// <summary>The real cluster, by scripts/cluster.sh.</summary>
public sealed class Cluster
{
    /// <summary>
    /// The API server and its controllers, or also a node, or also a node that holds pods to PodSecurityPolicies.
    /// </summary>
    public const string ApiOnly = "--api-only", Whole = "", PodSecurity = "--pod-security";

    private readonly ICakeContext context;
    private readonly string home;
    private readonly ServerScript script;

    public Cluster(ICakeContext context, FilePath file)
    {
        this.context = context;
        home = context.EnvironmentVariable("CLUSTER_HOME")
            ?? context.EnvironmentVariable("HOME") + "/.cache/tracebloc-cluster";
        script = new ServerScript(context, file);
    }

    public string KubeConfig => $"{home}/kubeconfig";

    /// <summary>The address of its etcd, as the script has it.</summary>
    public static string Etcd => "http://127.0.0.1:23790/";

    /// <returns>Its kubeconfig.</returns>
    public string Start(string mode)
    {
        script.Start(mode);
        return KubeConfig;
    }

    /// <summary>Copies the logs of its processes, for the search of a failure's cause.</summary>
    public void SaveLogs(DirectoryPath folder)
    {
        context.EnsureDirectoryExists(folder);
        context.CopyFiles($"{home}/run/*.log", folder);
    }

    public void StopWhatWasStarted() => script.StopWhatWasStarted();
}
