using System.Net.WebSockets;
using System.Text;
using k8s;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Commands in pods over WebSockets, by the official client.</summary>
public sealed class ExecTests
{
    private static readonly string[] Hello = ["sh", "-c", "echo hello"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<int, string> Protocols => new()
    {
        { 20, WebSocketProtocol.V4BinaryWebsocketProtocol },
        { 34, WebSocketProtocol.V4BinaryWebsocketProtocol },
        { 34, WebSocketProtocol.V5BinaryWebsocketProtocol },
    };

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_command_gives_its_output_its_errors_and_its_exit_code(int minor, string protocol)
    {
        await using var api = await StartAsync(minor);
        FakeExec? asked = null;
        api.OnExec(exec => (asked = exec, new FakeExecResult(3, "hello", "oh")).Item2);
        using var client = Open(api);
        using var socket = await client.WebSocketNamespacedPodExecAsync(
            "db-0", "tracebloc", Hello, "db", stdin: false, tty: false, webSocketSubProtocol: protocol,
            cancellationToken: Cancelled);
        var streams = await ReadAsync(socket);

        Assert.Equal((protocol, "hello", "oh"), (socket.SubProtocol, streams[1], streams[2]));
        var status = Official.Parse<k8s.Models.V1Status>(streams[3]);
        Assert.Equal("3", status.Details.Causes.Single(cause => cause.Reason == "ExitCode").Message);
        Assert.Equal(("db-0", "db"), (asked!.Pod, asked.Container));
        Assert.Equal(Hello, asked.Command);
    }

    [Fact]
    public async Task Since_v5_a_client_can_end_the_input()
    {
        await using var api = await StartAsync(34);
        api.OnExec(exec => new FakeExecResult(0, exec.Input.ToUpperInvariant()));
        using var client = Open(api);
        using var socket = await client.WebSocketNamespacedPodExecAsync(
            "db-0", "tracebloc", ["cat"], "db", stdin: true, tty: false,
            webSocketSubProtocol: WebSocketProtocol.V5BinaryWebsocketProtocol, cancellationToken: Cancelled);
        await SendAsync(socket, [0, .. "rows"u8]);
        await SendAsync(socket, [255, 0]);

        Assert.Equal("ROWS", (await ReadAsync(socket))[1]);
    }

    [Fact]
    public async Task An_old_server_does_not_speak_v5()
    {
        await using var api = await StartAsync(20);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("v5.channel.k8s.io");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {api.Token}");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Exec(api), Cancelled));

        using var both = new ClientWebSocket();
        both.Options.AddSubProtocol("v5.channel.k8s.io");
        both.Options.AddSubProtocol("v4.channel.k8s.io");
        both.Options.SetRequestHeader("Authorization", $"Bearer {api.Token}");
        api.OnExec(_ => new FakeExecResult(0));
        await both.ConnectAsync(Exec(api), Cancelled);
        Assert.Equal("v4.channel.k8s.io", both.SubProtocol);
    }

    private static Uri Exec(FakeKubernetesApi api) =>
        new($"ws://{api.Address.Authority}/api/v1/namespaces/tracebloc/pods/db-0/exec?command=ls&stdout=true");

    private static async Task<FakeKubernetesApi> StartAsync(int minor)
    {
        var version = minor == 20 ? FakeServerVersion.Old : FakeServerVersion.Of(minor);
        var api = await FakeKubernetesApi.StartAsync(new() { Version = version }, Cancelled);
        api.Add(Some.StatefulSet("db").Container("db", "registry.example.com/db:8"));
        return api;
    }

    private static k8s.Kubernetes Open(FakeKubernetesApi api) =>
        Official.Open(new() { Host = api.Address.AbsoluteUri, AccessToken = api.Token });

    private static Task SendAsync(WebSocket socket, byte[] message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, true, Cancelled);

    /// <summary>The text of each stream, by the first byte of the messages.</summary>
    private static async Task<Dictionary<byte, string>> ReadAsync(WebSocket socket)
    {
        var (streams, buffer) = (new Dictionary<byte, string>(), new byte[4096]);
        while (await socket.ReceiveAsync(buffer, Cancelled) is { MessageType: not WebSocketMessageType.Close } received)
            streams[buffer[0]] = streams.GetValueOrDefault(buffer[0])
                + Encoding.UTF8.GetString(buffer, 1, received.Count - 1);
        return streams;
    }
}
