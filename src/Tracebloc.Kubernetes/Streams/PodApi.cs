namespace Tracebloc.Kubernetes;

/// <summary>The pods of one namespace from the inside: commands, connections, logs.</summary>
/// <remarks>
/// A stream takes a connection of its own, whatever <see cref="KubernetesClientOptions.MaxConnections"/> says; opening
/// it is bound by <see cref="KubernetesClientOptions.RequestTimeout"/>, and is never repeated. A connection on which
/// nothing arrives for a minute, not even the answer to a ping, counts as dead.
/// </remarks>
/// <param name="client">The API server.</param>
/// <param name="namespace">The namespace.</param>
public sealed partial class PodApi(KubernetesClient client, string @namespace)
{
    // KEP-4006: v5 differs from v4 in that a client can end a channel. Servers before 1.30 refuse an upgrade that
    // offers v5 alone; of several they take the first they know.
    internal const string V5 = "v5.channel.k8s.io", V4 = "v4.channel.k8s.io";

    /// <summary>
    /// Starts a command in a container; needs the verb <c>get</c> on <c>pods/exec</c>, since Kubernetes 1.35 also
    /// <c>create</c>.
    /// </summary>
    /// <param name="pod">The pod's name.</param>
    /// <param name="options">The command.</param>
    /// <param name="cancellationToken">Gives up; the command may have begun.</param>
    /// <exception cref="KubernetesException">The server refuses: code, reason and remedy as of any other call. A
    /// program that does not exist is found later: <see cref="ExecOutcome.Failed"/>.</exception>
    public async Task<PodExec> ExecAsync(string pod, ExecOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var query = new QueryString().Add("container", options.Container)
            .Add("stdin", options.HasInput ? "true" : null).Add("stdout", "true").Add("stderr", "true");
        foreach (var word in options.Command) query.AddWord("command", word);
        var request = Request(pod, "exec", query) with { Upgrade = new WebSocketUpgrade(V5, V4) };
        var socket = await ChannelSocket.OpenAsync(client, request, cancellationToken);
        return new PodExec(socket, request, client.Requests.Time);
    }

    /// <summary>
    /// Connects to a port of a pod; needs the verb <c>get</c> on <c>pods/portforward</c>, since Kubernetes 1.35 also
    /// <c>create</c>.
    /// </summary>
    /// <remarks>
    /// The protocol is the one that the kubelets of all versions serve; that which 1.31 has added carries SPDY frames
    /// and falls back to this one. A port on which nothing listens is found at the first read.
    /// </remarks>
    /// <param name="pod">The pod's name.</param>
    /// <param name="port">The port in the pod, 1 to 65535.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The server refuses.</exception>
    public async Task<PodForwardStream> ForwardAsync(string pod, int port, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        var request = Request(pod, "portforward", new QueryString().Add("ports", port)) with
        {
            Upgrade = new WebSocketUpgrade(V4),
        };
        var socket = await ChannelSocket.OpenAsync(client, request, cancellationToken);
        return new PodForwardStream(socket, request, port);
    }

    /// <summary>
    /// A handler whose connections are all to one port of a pod, for an <see cref="HttpClient"/>: whatever host a
    /// request names, the pod gets it. No proxy, no redirect, no cookies.
    /// </summary>
    /// <remarks>
    /// A connection that cannot be made is an <see cref="HttpRequestException"/> with the
    /// <see cref="KubernetesException"/> inside.
    /// </remarks>
    /// <param name="pod">The pod's name.</param>
    /// <param name="port">The port in the pod.</param>
    public SocketsHttpHandler ForwardHandler(string pod, int port) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (_, cancellationToken) => await ForwardAsync(pod, port, cancellationToken),
    };

    private KubernetesRequest Request(string pod, string subresource, QueryString query) =>
        new("get", HttpMethod.Get, ResourceType.Pods, @namespace)
        {
            Name = pod,
            Subresource = subresource,
            Query = query,
            KeepsConnection = true,
        };
}
