using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Observing;

public sealed class DigestLookupsTests
{
    [Fact]
    public async Task A_cancelled_one_ends_with_its_last_call()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var registry = await FakeRegistry.StartAsync(cancellationToken: cancelled);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<Fetched<RegistryCredential>>());
        using var client = new RegistryClient(
            new RegistryOptions
            {
                Hosts = new Dictionary<string, RegistryHostOptions>
                {
                    [registry.Host] = new() { CredentialHelper = "slow" },
                },
                CredentialHelper = (_, _, _) =>
                {
                    asked.SetResult();
                    return answer.Task;
                },
            },
            TimeProvider.System);
        var image = Restarted() with { Image = ImageReference.Parse($"{registry.Host}/app:v1") };
        var workload = new WorkloadObservation(image.Workload, [image])
        {
            Seen = Seen(Workload(), RolloutStatus.Settled, image),
        };
        using var stop = new CancellationTokenSource();

        var lookups = DigestLookups.Start(client, [workload], Now, NullLogger.Instance, stop.Token);
        await asked.Task.WaitAsync(cancelled);
        await stop.CancelAsync();
        var sightings = await lookups.LookUpAsync(workload, stop.Token);
        var end = lookups.DisposeAsync().AsTask();

        Assert.Null(Assert.Single(sightings).Answer);
        Assert.False(end.IsCompleted);
        answer.SetResult(new Fetched<RegistryCredential> { Verdict = Verdict.NotFound });
        await end.WaitAsync(cancelled);
    }
}
