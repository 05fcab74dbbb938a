using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>A run of a scene that is killed at one of its calls.</summary>
internal sealed class KilledRun(
    RunScene scene, string category, string key, params (string Name, string Value)[] variables) : IAsyncDisposable
{
    /// <summary>The exit code of a program that was killed.</summary>
    public const int Killed = 137;

    private MySqlProxy? _proxy;

    /// <summary>Those that follow go to the server by the same address as the run that was killed.</summary>
    public (string Name, string Value)[] Address { get; private set; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs to the end.</summary>
    /// <returns>The calls.</returns>
    public async Task<int> CountAsync(KillPlace place)
    {
        var (calls, result) = await RunAsync(KillPoint.Never(place));
        result.AssertExit(0);
        return calls;
    }

    /// <summary>Runs to the point. A run that has fewer calls than the one that was counted ends before.</summary>
    /// <returns>True where it was killed.</returns>
    public async Task<bool> KillAsync(KillPoint point)
    {
        var (_, result) = await RunAsync(point);
        Assert.True(result.ExitCode is Killed or 0, $"exit {result.ExitCode}: {result.Error}");
        return result.ExitCode == Killed;
    }

    /// <returns>The calls so far and how it ended.</returns>
    private Task<(int Calls, ProgramResult Result)> RunAsync(KillPoint point) => point.Place switch
    {
        KillPlace.Database => RunThroughProxyAsync(point),
        KillPlace.Volume => TraceAsync(point),
        _ => RunToBackendAsync(point),
    };

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
    }

    private async Task<(int Calls, ProgramResult Result)> RunThroughProxyAsync(KillPoint point)
    {
        var (counter, started) = (new CallCounter(), new TaskCompletionSource<ChildProgram>());
        point.Arm(counter, started.Task);
        (_proxy, Address) = await scene.ProxyAsync(counter, Token);
        var child = scene.Start(category, key, [.. variables, .. Address]);
        started.SetResult(child);
        var result = await child.Result;
        var calls = counter.Count;
        counter.Reset();
        return (calls, result);
    }

    private async Task<(int Calls, ProgramResult Result)> TraceAsync(KillPoint point)
    {
        var result = await scene.Trace(category, key, "KILL", point.Call, variables).Result;
        return (
            result.Output.Split('\n').Count(line => line.Contains(scene.Volume, StringComparison.Ordinal)), result);
    }

    private async Task<(int Calls, ProgramResult Result)> RunToBackendAsync(KillPoint point)
    {
        var (calls, started) = (0, new TaskCompletionSource<ChildProgram>());
        async Task Kill(bool isAfter)
        {
            var call = isAfter ? calls : ++calls;
            if (call == point.Call && isAfter == point.IsAfter) await (await started.Task).KillAsync();
        }

        (scene.Backend.Before, scene.Backend.After) = (_ => Kill(isAfter: false), _ => Kill(isAfter: true));
        var child = scene.Start(category, key, variables);
        started.SetResult(child);
        var result = await child.Result;
        (scene.Backend.Before, scene.Backend.After) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
        return (calls, result);
    }
}
