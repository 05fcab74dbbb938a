using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests;

public sealed class InquiryTests
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
        var workload = new WorkloadSighting(image.Workload, [image])
        {
            Seen = new Observation(Workload(), RolloutStatus.Settled),
        };
        using var stop = new CancellationTokenSource();

        var inquiry = Inquiry.Start(client, [workload], Now, NullLogger.Instance, stop.Token);
        await asked.Task.WaitAsync(cancelled);
        await stop.CancelAsync();
        var sightings = await inquiry.SightAsync(workload, stop.Token);
        var end = inquiry.DisposeAsync().AsTask();

        Assert.Null(Assert.Single(sightings).Resolution);
        Assert.False(end.IsCompleted);
        answer.SetResult(new Fetched<RegistryCredential> { Verdict = Verdict.NotFound });
        await end.WaitAsync(cancelled);
    }
}
