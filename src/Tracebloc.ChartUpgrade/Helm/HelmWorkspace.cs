namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>
/// A folder of this run's own, that no other user may look into: in a pod the rest of the file system is read-only, and
/// what an earlier run left in a cache must not decide over this one.
/// </summary>
internal sealed class HelmWorkspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chart-upgrade-");

    /// <summary>Where charts are pulled to.</summary>
    public string Charts => _folder.CreateSubdirectory("charts").FullName;

    /// <summary>The file by which helm knows repositories and their credentials.</summary>
    public string Repositories => At("repositories.yaml");

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
        ["HELM_REPOSITORY_CACHE"] = At("cache/repository"),
        ["HELM_REPOSITORY_CONFIG"] = Repositories,
        // Debugging prints values and manifests.
        ["HELM_DEBUG"] = "false",
        // Discovery is cached below HOME otherwise.
        ["KUBECACHEDIR"] = At("cache/kube"),
    };

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
