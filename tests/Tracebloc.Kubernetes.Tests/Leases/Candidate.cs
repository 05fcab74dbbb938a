using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A candidate with a clock of its own, and work that goes on until its token is cancelled.</summary>
internal sealed class Candidate : IDisposable
{
    private readonly KubernetesClient _client;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();

    public Candidate(FakeKubernetesApi api, string identity)
    {
        _client = new(new() { Server = api.Address, Token = api.Token }, Time, new() { MaxRetries = 0 });
        Election = new(_client, new()
        {
            Namespace = "tracebloc",
            Name = "sync",
            Identity = identity,
            Random = () => 0,
            HolderChanged = Holders.Add,
            Failed = Failures.Add,
        });
    }

    public ManualTimeProvider Time { get; } = new();

    public LeaderElection Election { get; }

    public List<string?> Holders { get; } = [];

    public List<KubernetesException> Failures { get; } = [];

    /// <summary>Completes when the work begins, and when its token is cancelled.</summary>
    public Task Started => _started.Task.WaitAsync(Bound.OfWaits, TimeProvider.System);

    public Task Cancelled => _cancelled.Task.WaitAsync(Bound.OfWaits, TimeProvider.System);

    public bool IsCancelled => _cancelled.Task.IsCompleted;

    /// <summary>Completes when the work may end after its cancellation.</summary>
    public Task MayEnd { get; set; } = Task.CompletedTask;

    public Task<bool> LeadAsync() => LeadAsync(async token =>
    {
        _started.SetResult();
        using var registration = token.Register(_cancelled.SetResult);
        await _cancelled.Task;
        await MayEnd;
        token.ThrowIfCancellationRequested();
    });

    public Task<bool> LeadAsync(Func<CancellationToken, Task> work) => Election.LeadAsync(work, _stop.Token)
        .WaitAsync(Bound.OfWaits, TimeProvider.System);

    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Waits until this pause is all that is left to wait for, and lets it pass.</summary>
    public async Task PassAsync(double seconds, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        await Time.WaitForTimerAsync(left => left == wait, cancellationToken);
        Time.Advance(wait);
    }

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
    }
}
