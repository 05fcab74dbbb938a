using System.Text;
using System.Text.Json;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Finding;

/// <summary>
/// A connection to jobs-manager: through the API server to one of the ready pods behind its Service. The API server's
/// own proxy is no way, since it drops the Authorization header.
/// </summary>
/// <param name="pod">The pod, for messages.</param>
/// <param name="handler">Opens connections to the pod's port.</param>
/// <param name="time">The clock of the deadlines.</param>
internal sealed class JobsManagerLink(string pod, HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    private const string Manager = "jobs-manager";

    private const int DefaultPort = 8080, MostBytes = 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // Only the path and the port count: every connection ends in the pod.
    private static readonly Uri Address = new("http://jobs-manager");

    private readonly HttpMessageInvoker _invoker = new(handler);

    /// <summary>Finds a pod; nothing is connected until a request is sent.</summary>
    /// <exception cref="CliException">No pod of jobs-manager takes requests.</exception>
    /// <exception cref="KubernetesException">The API server gives no answer, or a right is missing.</exception>
    public static async Task<JobsManagerLink> OpenAsync(
        ClusterSession session, Release release, CancellationToken token)
    {
        var (client, ns) = (session.Client, release.Namespace);
        var service = await ServiceAsync(client, release, token);
        var selector = string.Join(',', (service.Spec?.Selector ?? new Dictionary<string, string>())
            .OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}={label.Value}"));
        if (selector.Length == 0)
            throw Unreachable($"Service {Manager} in namespace {ns} has no selector; helm upgrade sets it right");
        var pods = await client.ListAsync(
            ResourceType.Pods, ns, new ListOptions { LabelSelector = selector }, ClusterJson.Default.ResourceListV1Pod,
            token);
        var newest = pods.Items.Where(pod => pod.IsReady).MaxBy(pod => pod.Metadata?.CreationTimestamp)
            ?? throw NotReady(
                $"none of its {pods.Items.Count} pods in namespace {ns} is ready; kubectl describe pod -n {ns} -l "
                + $"{selector} has the reason");
        var name = newest.Metadata?.Name ?? "";
        return new JobsManagerLink(name, new PodApi(client, ns).ForwardHandler(name, PortOf(service)), session.Time);
    }

    /// <summary>Sends a request to a path of jobs-manager.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path from its slash on.</param>
    /// <param name="prepare">Adds headers and a body; null for neither.</param>
    /// <param name="token">Gives up.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="CliException">There is no answer.</exception>
    public async Task<HttpAnswer> SendAsync(
        HttpMethod method, string path, Action<HttpRequestMessage>? prepare, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        prepare?.Invoke(request);
        using var deadline = new Deadline(Limit, time, token);
        try
        {
            using var response = await _invoker.SendAsync(request, deadline.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MostBytes, deadline.Token)
                ?? throw Unreachable($"its answer to {method} {path} is longer than {MostBytes} bytes");
            return new HttpAnswer((int)response.StatusCode, Encoding.UTF8.GetString(body.Span));
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw Unreachable($"pod {pod} gives no answer within {Limit.TotalSeconds:0} s; tracebloc doctor has more");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable($"the connection to pod {pod} failed: {Reason(e)}", e);
        }
    }

    /// <summary>Passes a request on; its failures are those of the connection.</summary>
    public Task<HttpResponseMessage> RelayAsync(HttpRequestMessage request, CancellationToken token) =>
        _invoker.SendAsync(request, token);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _invoker.Dispose();

    private static async Task<V1Service> ServiceAsync(
        KubernetesClient client, Release release, CancellationToken token)
    {
        // Charts 1.x may name the Service as the Deployment.
        foreach (var name in (string[])[Manager, release.Deployment])
        {
            try
            {
                return await client.GetAsync(
                    ResourceType.Services, release.Namespace, name, ClusterJson.Default.V1Service, token);
            }
            catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
            {
                // The next name.
            }
        }

        throw Unreachable($"namespace {release.Namespace} has no Service {Manager}; helm upgrade makes it again");
    }

    private static int PortOf(V1Service service)
    {
        var port = service.Spec?.Ports is [var first, ..] ? first : null;
        return port?.TargetPort is { ValueKind: JsonValueKind.Number } target ? target.GetInt32()
            : port?.Port ?? DefaultPort;
    }

    private static string Reason(Exception e) => e.InnerException is { } inner ? Reason(inner) : e.Message;

    private static CliException NotReady(string fault) => new(CliExit.Submission, Fault(fault)) { IsPassing = true };

    private static CliException Unreachable(string fault, Exception? cause = null) =>
        new(CliExit.Submission, Fault(fault), cause);

    private static string Fault(string fault) => $"jobs-manager cannot be reached: {fault}";
}
