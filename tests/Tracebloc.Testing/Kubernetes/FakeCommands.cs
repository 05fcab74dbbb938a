using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Commands in pods, over WebSockets.</summary>
/// <remarks>The first byte of a message is its stream: input, output, errors, the result; 255 ends one.</remarks>
/// <seealso href="https://github.com/kubernetes/client-go/blob/v0.34.0/tools/remotecommand/websocket.go"/>
internal sealed class FakeCommands(FakeStore store, FakeServerVersion version, FakeAccess access)
{
    private const byte Input = 0, Output = 1, Errors = 2, Result = 3, End = 255;

    /// <summary>Gives the outcome of each command; null: every one is an error of the test.</summary>
    internal Func<FakeExec, FakeExecResult>? Outcome { get; set; }

    internal async Task ServeAsync(HttpContext http)
    {
        access.Authenticate(http);
        var (ns, name) = FakeExec.Place(http)!.Value;
        FakeObject? pod;
        lock (store.Gate) pod = store.Find(FakeResourceType.Pods, ns, name);
        if (pod is null) throw FakeStatusException.NotFound(FakeResourceType.Pods, name);
        if (FakeExec.Negotiate(version, http.WebSockets.WebSocketRequestedProtocols) is not { } protocol)
        {
            http.Response.StatusCode = 403;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(protocol);
        var query = http.Request.Query;
        var input = query["stdin"] == "true" || query["stdin"] == "1"
            ? await ReadInputAsync(socket, FakeExec.CanEndInput(protocol), http.RequestAborted) : "";
        if (input is null) return;
        var asked = new FakeExec(name, query["container"], [.. query["command"].OfType<string>()], input);
        var result = Outcome?.Invoke(asked)
            ?? throw new InvalidOperationException("no outcome of commands is set; call OnExec");
        await SendAsync(socket, Output, result.Output, http.RequestAborted);
        await SendAsync(socket, Errors, result.Errors, http.RequestAborted);
        await SendAsync(socket, Result, Status(result.ExitCode), http.RequestAborted);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", http.RequestAborted);
    }

    /// <summary>All input up to its end; null when the client left before it.</summary>
    private static async Task<string?> ReadInputAsync(
        WebSocket socket, bool canEnd, CancellationToken cancellationToken)
    {
        var (buffer, text) = (new byte[64 * 1024], new StringBuilder());
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            if (canEnd && buffer[0] == End && received.Count == 2 && buffer[1] == Input) return text.ToString();
            if (buffer[0] == Input) text.Append(Encoding.UTF8.GetString(buffer, 1, received.Count - 1));
        }
    }

    private static Task SendAsync(WebSocket socket, byte stream, string text, CancellationToken cancellationToken) =>
        text.Length == 0 ? Task.CompletedTask : socket.SendAsync(
            (byte[])[stream, .. Encoding.UTF8.GetBytes(text)], WebSocketMessageType.Binary, true, cancellationToken);

    private static string Status(int exitCode) => exitCode == 0
        ? """{"metadata":{},"status":"Success"}"""
        : new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"command terminated with non-zero exit code: exit status {exitCode}",
            ["reason"] = "NonZeroExitCode",
            ["details"] = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = $"{exitCode}" }),
            },
        }.ToJsonString();
}
