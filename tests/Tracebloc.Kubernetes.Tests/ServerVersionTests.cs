using System.Net.WebSockets;
using k8s;
using k8s.Autorest;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The differences between the servers in use, seen by the official client.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/"/>
public sealed class ServerVersionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The minor version; whether it streams lists, has podReplacementPolicy, speaks v5.</summary>
    public static TheoryData<int, bool, bool, bool> Versions => new()
    {
        { 28, false, false, false },
        { 29, false, true, false },
        { 30, false, true, true },
        { 31, false, true, true },
        { 32, true, true, true },
        { 33, false, true, true },
        { 34, true, true, true },
        { 36, true, true, true },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Each_version_is_played_as_it_is(int minor, bool streamsLists, bool replacesPods, bool speaksV5)
    {
        await using var api = await FakeKubernetesApi.StartAsync(
            new() { Version = FakeServerVersion.Of(minor) }, Cancelled);
        api.OnExec(_ => new FakeExecResult(0));
        api.Add(Some.StatefulSet("db").Container("db", "registry.example.com/db:8"));
        using var client = Official.Open(new() { Host = api.Address.AbsoluteUri, AccessToken = api.Token });
        var job = await client.BatchV1.CreateNamespacedJobAsync(
            ContractJobs.Job("Failed"), "tracebloc", cancellationToken: Cancelled);

        Assert.Equal(replacesPods ? "Failed" : null, job.Spec.PodReplacementPolicy);
        Assert.Equal(streamsLists, await StreamsListsAsync(client));
        Assert.Equal(speaksV5, await SpeaksV5Async(api));
        Assert.Equal($"v1.{minor}.0", (await client.Version.GetCodeAsync(Cancelled)).GitVersion);
    }

    private static async Task<bool> StreamsListsAsync(k8s.Kubernetes client)
    {
        try
        {
            await foreach (var _ in client.AppsV1.WatchListNamespacedStatefulSetAsync(
                "tracebloc", allowWatchBookmarks: true, resourceVersionMatch: "NotOlderThan", sendInitialEvents: true,
                cancellationToken: Cancelled))
                return true;
            return false;
        }
        catch (HttpOperationException e) when (e.Response.Content.Contains("WatchList", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task<bool> SpeaksV5Async(FakeKubernetesApi api)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("v5.channel.k8s.io");
        socket.Options.AddSubProtocol("v4.channel.k8s.io");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {api.Token}");
        await socket.ConnectAsync(
            new($"ws://{api.Address.Authority}/api/v1/namespaces/tracebloc/pods/db-0/exec?command=ls&stdout=true"),
            Cancelled);
        return socket.SubProtocol == "v5.channel.k8s.io";
    }
}
