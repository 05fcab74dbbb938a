using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Pin;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Verbs;

/// <summary>Verbs without a next tick retry a rate limit themselves.</summary>
public sealed class RateLimitRetryTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConfigurationFile _file = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Resolve_asks_again_after_a_rate_limit()
    {
        await using var registry = await StartAsync();

        var code = new ResolveVerb(_ => Context()).ExecuteAsync(
            new ResolveOptions { Images = [$"{registry.Host}/app:v1"] }, Cancelled);

        Assert.Equal(ExitCodes.Done, await AfterTheWaitAsync(code));
    }

    [Fact]
    public async Task Pin_asks_again_after_a_rate_limit()
    {
        await using var registry = await StartAsync();
        var values = _file.With("values.yaml", $"image: {registry.Host}/app:v1\n");

        var code = new PinVerb(_ => Context()).ExecuteAsync(
            new PinOptions { File = values, Paths = ["image"] }, Cancelled);

        Assert.Equal(ExitCodes.Done, await AfterTheWaitAsync(code));
        Assert.Contains("@sha256:", await File.ReadAllTextAsync(values, Cancelled), StringComparison.Ordinal);
    }

    private static async Task<FakeRegistry> StartAsync()
    {
        var registry = await FakeRegistry.StartAsync(
            new FakeRegistryOptions { Authentication = FakeAuthentication.None }, Cancelled);
        registry.Push("app", "v1", "1");
        registry.Next(FakeReply.Of(429));
        return registry;
    }

    private ProgramContext Context() =>
        new(_time, _ => null, new RecordingLogger(), new ResultWriter(() => new MemoryStream()));

    private async Task<int> AfterTheWaitAsync(Task<int> code)
    {
        var wait = _time.WaitForTimerAsync(due => due < TimeSpan.FromSeconds(2), Cancelled);
        if (await Task.WhenAny(code, wait).WaitAsync(Patience, TimeProvider.System, Cancelled) == wait)
            _time.Advance(await wait);
        return await code.WaitAsync(Patience, TimeProvider.System, Cancelled);
    }
}
