using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The contract of pods, run against a fake that plays 1.20: v4, whose input has no end.</summary>
public class FakePodContract : PodContract
{
    private readonly WebApplication _pages = BareServer.Build(kestrel => kestrel.Listen(IPAddress.Loopback, 0));

    private FakeKubernetesApi Api => ((FakeContractServer)Server).Api;

    protected override string Image => "registry.example.com/busybox:1";

    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Old, cancellationToken);

    private protected override KubernetesClientConfiguration Restricted
    {
        get
        {
            Api.Deny("get", "pods/exec");
            return Server.Administrator;
        }
    }

    private protected override async Task StartAsync(JsonObject pod, CancellationToken cancellationToken)
    {
        pod["status"] = JsonNode.Parse(
            """{"phase": "Running", "containerStatuses": [{"name": "main", "state": {"running": {} } }]}""");
        Api.Add(pod);
        Api.Log("contract", "first");
        Api.Log("contract", "second");
        Api.OnExec(RunAsync);
        _pages.Run(http => http.Response.WriteAsync("hello\n", http.RequestAborted));
        await _pages.StartAsync(cancellationToken);
        Api.Forward("contract", 8080, new Uri(_pages.Urls.Single()).Port);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _pages.DisposeAsync();
    }

    /// <summary>Does the work of the contract's programs.</summary>
    private async Task<int?> RunAsync(FakeExecSession session, CancellationToken cancellationToken)
    {
        switch (session.Command)
        {
            case ["sh", ..]:
                await session.Output.WriteAsync("out\n"u8.ToArray(), cancellationToken);
                await session.Errors.WriteAsync("err\n"u8.ToArray(), cancellationToken);
                return 3;
            case ["head", "-c", var count]:
                var input = new byte[int.Parse(count)];
                await session.Input.ReadExactlyAsync(input, cancellationToken);
                await session.Output.WriteAsync(input, cancellationToken);
                return 0;
            case ["head", "-c", var zeros, "/dev/zero"]:
                await session.Output.WriteAsync(new byte[int.Parse(zeros)], cancellationToken);
                return 0;
            case ["cat"]:
                await session.Input.CopyToAsync(session.Output, cancellationToken);
                return 0;
            case ["touch", "/tmp/end"]:
                Api.Log("contract", "third");
                Api.EndPod("contract", 0);
                return 0;
            case ["/absent"]:
                throw session.Failure("exec: \"/absent\": stat /absent: no such file or directory");
            default:
                throw new InvalidOperationException(string.Join(' ', session.Command));
        }
    }
}

/// <summary>The fake that plays the servers in use: v5.</summary>
public sealed class FakeCurrentPodContract : FakePodContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Current, cancellationToken);
}
