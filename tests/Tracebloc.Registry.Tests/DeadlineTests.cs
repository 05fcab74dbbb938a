using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Deadline = new RegistryOptions().CallTimeout;

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_at_the_deadline()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Never);

        var result = await PassDeadlineAsync(fixture);

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.Contains("no complete answer within 10 s", result.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Requests);
    }

    [Fact]
    public async Task The_deadline_covers_the_body()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(405));
        fixture.Registry.When(
            _ => true,
            FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "first")) with { MidBody = Endless });

        Assert.Equal(Verdict.Transient, (await PassDeadlineAsync(fixture, calls: 2)).Verdict);
    }

    [Fact]
    public async Task The_deadline_covers_headers_that_trickle_in()
    {
        var started = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, _) =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 O");
            started.SetResult();
            await connection.ForeverAsync();
        });
        var time = new ManualTimeProvider();
        using var client = new RegistryClient(new RegistryOptions(), time);

        var results = client.ResolveAsync(
            [ImageReference.Parse($"{server.Host}/app:v1")], TestContext.Current.CancellationToken);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(Deadline);

        Assert.Equal(Verdict.Transient, (await results)[0].Verdict);
    }

    [Fact]
    public async Task Retries_end_at_the_deadline()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(FakeReply.Of(503).With("Retry-After", "9"));
        fixture.Registry.When(_ => true, FakeReply.Never);
        var result = fixture.ResolveAsync();

        await fixture.WaitForTimerAsync(TimeSpan.FromSeconds(9));
        fixture.Time.Advance(TimeSpan.FromSeconds(9));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Verdict.Transient, (await result).Verdict);
    }

    [Fact]
    public async Task A_slow_host_does_not_hold_up_another()
    {
        await using var slow = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var fast = await RegistryFixture.StartAsync();
        slow.Registry.When(_ => true, FakeReply.Never);
        var results = slow.Client.ResolveEach([slow.Image(), fast.Image()], TestContext.Current.CancellationToken);

        fast.AssertFound(await results[1]);

        await UntilAsync(() => slow.Requests.Count == 1 && slow.Time.Pending.Count == 1);
        slow.Time.Advance(Deadline);
        Assert.Equal(Verdict.Transient, (await results[0]).Verdict);
    }

    [Fact]
    public async Task What_is_known_when_the_caller_cancels_stays_known()
    {
        await using var slow = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var fast = await RegistryFixture.StartAsync();
        slow.Registry.When(_ => true, FakeReply.Never);
        using var stop = new CancellationTokenSource();
        var results = slow.Client.ResolveEach([slow.Image(), fast.Image()], stop.Token);
        await results[1];

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => results[0]);
        fast.AssertFound(await results[1]);
    }

    [Fact]
    public async Task One_slow_image_does_not_take_the_others_with_it()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Repository == "slow", FakeReply.Never);
        var results = fixture.ResolveAllAsync("slow:v1", "app:v1");

        await PassDeadlineAsync(fixture, results, calls: 1);

        Assert.Equal(Verdict.Transient, (await results)[0].Verdict);
        fixture.AssertFound((await results)[1]);
    }

    [Fact]
    public async Task A_host_that_is_silent_three_times_is_not_asked_for_the_rest()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Options = new RegistryOptions { MaxConcurrentRequestsPerHost = 1 };
        fixture.Registry.When(_ => true, FakeReply.Never);
        var results = fixture.ResolveAllAsync([.. Enumerable.Range(0, 20).Select(i => $"app-{i}:v1")]);

        await PassDeadlineAsync(fixture, results, calls: 3);

        Assert.All(await results, result => Assert.Equal(Verdict.Transient, result.Verdict));
        Assert.Equal(3, fixture.Requests.Count);
    }

    [Fact]
    public async Task An_answer_between_silences_keeps_the_host_in_use()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Options = new RegistryOptions { MaxConcurrentRequestsPerHost = 1 };
        fixture.Registry.When(request => request.Repository != "app", FakeReply.Never);
        string[] names = ["a:v1", "b:v1", "app:v1", "c:v1", "d:v1", "app:v2"];
        var results = fixture.ResolveAllAsync(names);

        foreach (var silent in (string[])["a", "b", "c", "d"])
        {
            await UntilAsync(() => fixture.Requests.Any(request => request.Repository == silent));
            fixture.Time.Advance(Deadline);
        }

        Assert.Equal(
            [
                Verdict.Transient, Verdict.Transient, Verdict.Ok,
                Verdict.Transient, Verdict.Transient, Verdict.NotFound,
            ],
            (await results).Select(result => result.Verdict));
    }

    [Fact]
    public async Task Cancellation_ends_everything_at_once()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Never);
        using var stop = new CancellationTokenSource();
        var results = fixture.Client.ResolveAsync([fixture.Image(), fixture.Image("other:v1")], stop.Token);
        await UntilAsync(() => fixture.Requests.Count == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => results);
    }

    private static Task Endless => new TaskCompletionSource().Task;

    private static async Task<Fetched<Digest>> PassDeadlineAsync(RegistryFixture fixture, int calls = 1)
    {
        var results = fixture.ResolveAllAsync("app:v1");
        await PassDeadlineAsync(fixture, results, calls);
        return (await results)[0];
    }

    private static async Task PassDeadlineAsync(
        RegistryFixture fixture, Task<IReadOnlyList<Fetched<Digest>>> results, int calls)
    {
        for (var call = 1; call <= calls; call++)
        {
            await UntilAsync(() => fixture.Requests.Count >= call);
            if (call == calls || fixture.Options.MaxConcurrentRequestsPerHost == 1)
                fixture.Time.Advance(Deadline);
        }
        await results;
    }

    // Yields until another thread, the server's, has got there.
    private static async Task UntilAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.True(TimeProvider.System.GetElapsedTime(started) < RegistryFixture.Patience, "That took too long.");
            await Task.Yield();
        }
    }
}
