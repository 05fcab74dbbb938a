using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Commands in pods, over WebSockets.</summary>
/// <seealso href="https://github.com/kubernetes/client-go/blob/v0.34.0/tools/remotecommand/websocket.go"/>
internal sealed class FakeCommands(FakeServerVersion version)
{
    internal const byte Output = 1, Errors = 2;

    private const byte Result = 3;

    private const string V5 = "v5.channel.k8s.io";

    private static readonly string[] Protocols = ["v4.channel.k8s.io", "v3.channel.k8s.io", "channel.k8s.io"];

    /// <summary>Does what a command does and returns its exit code; null: the connection closes without one.</summary>
    internal Func<FakeExecSession, CancellationToken, Task<int?>> Program { get; set; } =
        (_, _) => throw new InvalidOperationException("no outcome of commands is set; call OnExec");

    /// <summary>The first protocol of the client that the server speaks; null when it speaks none of them.</summary>
    internal string? Negotiate(IEnumerable<string> wanted) =>
        wanted.FirstOrDefault(one => Protocols.Contains(one) || (one == V5 && version.SpeaksChannelV5));

    internal async Task ServeAsync(
        HttpContext http, FakeRequest request, FakeChannels channels, CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = new FakeInput(channels, canEnd: channels.Protocol == V5);
        await channels.SendAsync(Output, default, gone.Token); // as a kubelet does, to show that it is connected
        var filling = FillAsync(input, gone);
        if (await RunAsync(new FakeExecSession(http, request, channels, input), gone.Token) is { } status)
            await channels.SendAsync(Result, Encoding.UTF8.GetBytes(status), gone.Token);
        await channels.CloseAsync(gone.Token);
        await filling;
    }

    private static async Task FillAsync(FakeInput input, CancellationTokenSource gone)
    {
        try
        {
            await input.FillAsync(gone.Token);
        }
        finally
        {
            await gone.CancelAsync();
        }
    }

    private async Task<string?> RunAsync(FakeExecSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await Program(session, cancellationToken) is { } exitCode ? Status(exitCode) : null;
        }
        catch (FakeStatusException e)
        {
            return e.Json;
        }
    }

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
