using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh watch</c>: ticks as long as it runs, for those who prefer a Deployment.</summary>
internal static class WatchCommand
{
    public static async Task<int> ExecuteAsync(WatchOptions options, ProgramContext context, CancellationToken token)
    {
        var session = RefreshSession.Open(options.Config, options.Cluster, context);
        // A kubeconfig without the context is said now, and ends the program; in a tick it would be said for ever.
        ClusterConnection.Find(options.Cluster, context.Variable);
        var loop = new TickLoop(
            stopping => session.TickAsync(dryRun: false, options.Output, stopping),
            options.Interval,
            new LoopHealth(context.Time, TickLoop.LongestPause(options.Interval) + session.TickTimeout),
            Random.Shared,
            context.Time,
            context.Logger);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // The endpoint first: an address that cannot be had ends the program before a tick has changed anything.
        if (options.Listen is { } address)
            builder.Services.AddHostedService(_ => new HealthEndpoint(address, loop.Health));
        builder.Services.AddHostedService(_ => loop);
        using var host = builder.Build();
        await host.RunAsync(token);
        return token.IsCancellationRequested ? Hosting.ExitCode.Done : Hosting.ExitCode.Unexpected;
    }
}
