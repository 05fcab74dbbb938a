namespace Tracebloc.Kubernetes;

public sealed partial class KubernetesClient
{
    // The type is not used: the path is of no resource.
    private static readonly ResourceType NoResource = new("", "", "version", "");

    /// <summary>The version of the API server; every account may read it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<KubernetesVersion> VersionAsync(CancellationToken cancellationToken)
    {
        var request = new KubernetesRequest("get", HttpMethod.Get, NoResource, null) { FixedPath = "/version" };
        var info = await Requests.SendAsync(request, KubernetesJson.Default.V1VersionInfo, cancellationToken);
        return KubernetesVersion.Of(info)
            ?? throw KubernetesError.Unreadable(request, "the answer has no major and minor version");
    }
}
