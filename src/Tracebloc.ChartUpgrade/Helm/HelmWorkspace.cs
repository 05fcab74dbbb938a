namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>
/// A folder of this run's own, that no other user may look into: in a pod the rest of the file system is read-only, and
/// the cache of an earlier run must not affect this one.
/// </summary>
internal sealed class HelmWorkspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chart-upgrade-");

    /// <summary>The folder that charts are pulled to.</summary>
    public string Charts => _folder.CreateSubdirectory("charts").FullName;

    /// <summary>helm's file of repositories and their credentials.</summary>
    public string Repositories => At("repositories.yaml");

    /// <summary>helm's copy of a repository's index, which its fetch leaves here.</summary>
    public string IndexOf(string repository) => Path.Combine(Cache, $"{repository}-index.yaml");

    /// <summary>The environment of helm, in place of this process's.</summary>
    /// <seealso href="https://helm.sh/docs/helm/helm/"/>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["HELM_CACHE_HOME"] = At("cache"),
        ["HELM_CONFIG_HOME"] = At("config"),
        ["HELM_DATA_HOME"] = At("data"),
        ["HELM_CONTENT_CACHE"] = At("cache/content"),
        ["HELM_PLUGINS"] = At("plugins"),
        ["HELM_REGISTRY_CONFIG"] = At("registry.json"),
        ["HELM_REPOSITORY_CACHE"] = Cache,
        ["HELM_REPOSITORY_CONFIG"] = Repositories,
        // Debugging prints values and manifests.
        ["HELM_DEBUG"] = "false",
        // Discovery is cached below HOME otherwise.
        ["KUBECACHEDIR"] = At("cache/kube"),
    };

    private string Cache => At("cache/repository");

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
