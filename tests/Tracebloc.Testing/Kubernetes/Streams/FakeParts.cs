using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Serves the parts of objects: commands, ports and logs of pods, tokens of service accounts.</summary>
internal sealed class FakeParts : IDisposable
{
    private readonly FakeCluster _cluster;
    private readonly FakeKubernetesApiOptions _options;
    private readonly FakeCallLog _calls;
    private readonly FakeStreams _streams = new();

    internal FakeParts(FakeCluster cluster, FakeKubernetesApiOptions options, FakeCallLog calls)
    {
        (_cluster, _options, _calls) = (cluster, options, calls);
        Commands = new FakeCommands(options.Version);
        Logs = new FakeLogs(cluster.Store, calls);
    }

    internal FakeCommands Commands { get; }

    internal FakeForwards Forwards { get; } = new();

    internal FakeLogs Logs { get; }

    internal async Task ServeAsync(HttpContext http, FakeRequest request)
    {
        if (request.Call.Resource == "serviceaccounts/token")
        {
            var reply = Token(request);
            _calls.Answered(request.Call, reply.Status);
            await reply.WriteAsync(http);
            return;
        }

        FakeObject pod;
        lock (_cluster.Store.Gate)
            pod = _cluster.Store.Find(request.Type, request.Namespace, request.Name)
                ?? throw FakeStatusException.NotFound(request.Type, request.Name);
        using var stream = _streams.Open(http);
        if (request.Call.Resource == "pods/log") await Logs.ServeAsync(http, request, pod, stream.Ended);
        else await ChangeAsync(http, request, pod, stream.Ended);
    }

    /// <summary>Breaks the connections of all commands, ports and logs.</summary>
    internal void Cut() => _streams.Cut();

    internal Task StopAsync() => _streams.StopAsync();

    public void Dispose() => _streams.Dispose();

    private FakeReply Token(FakeRequest request)
    {
        lock (_cluster.Store.Gate)
        {
            if (_cluster.Store.Find(request.Type, request.Namespace, request.Name) is null)
                throw FakeStatusException.NotFound(request.Type, request.Name);
            return new(_cluster.Tokens.Issue(request, _options), 201);
        }
    }

    private async Task ChangeAsync(
        HttpContext http, FakeRequest request, FakeObject pod, CancellationToken cancellationToken)
    {
        if (!http.WebSockets.IsWebSocketRequest) throw FakeStatusException.BadRequest("Upgrade request required");
        var wanted = http.WebSockets.WebSocketRequestedProtocols;
        var isExec = request.Call.Resource == "pods/exec";
        if (isExec) FakeContainers.Find(pod, request.Query("container"));
        var protocol = isExec ? Commands.Negotiate(wanted) : FakeForwards.Negotiate(wanted);
        // The routes of the kubelet name no media type.
        var isAcceptable = http.Request.Headers.Accept.ToString() is "" or "*/*";
        if (protocol is null || !isAcceptable)
        {
            http.Response.StatusCode = protocol is null ? 403 : 406;
            _calls.Answered(request.Call, http.Response.StatusCode);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(protocol);
        using var channels = new FakeChannels(socket);
        _calls.Answered(request.Call, 101);
        if (isExec) await Commands.ServeAsync(http, request, channels, cancellationToken);
        else await Forwards.ServeAsync(request, channels, cancellationToken);
    }
}
