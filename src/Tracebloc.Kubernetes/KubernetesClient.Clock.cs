namespace Tracebloc.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>The time of the API server, to the second.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the answer has no <c>Date</c>.</returns>
    public async Task<DateTimeOffset?> ClockAsync(CancellationToken cancellationToken)
    {
        var request = new KubernetesRequest("get", HttpMethod.Get, NoResource, null) { FixedPath = "/version" };
        return await Requests.RetryAsync(request, DateOfAsync, cancellationToken);

        async Task<DateTimeOffset?> DateOfAsync(CancellationToken token)
        {
            using var response = await Requests.OpenAsync(request, token);
            return response.Headers.Date;
        }
    }
}
