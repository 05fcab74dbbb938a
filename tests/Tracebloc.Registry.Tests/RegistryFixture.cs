using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>
/// A fake registry that holds <c>app:v1</c>, a clock that stands still, and a client with defaults for both.
/// </summary>
internal sealed class RegistryFixture : IAsyncDisposable
{
    /// <summary>
    /// In real time, and only so that a test that would hang fails: nothing is expected to take this long.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RegistryClient? _client;

    private RegistryFixture(FakeRegistry registry)
    {
        Registry = registry;
        Digest = registry.Push("app", "v1", "first");
    }

    public FakeRegistry Registry { get; }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>The client's options, read at its first use.</summary>
    public RegistryOptions Options { get; set; } = new();

    public RegistryClient Client => _client ??= new RegistryClient(Options, Time);

    /// <summary>Of the manifest that <c>app:v1</c> stands for.</summary>
    public string Digest { get; }

    public IReadOnlyList<FakeRequest> Requests => Registry.Requests;

    public IReadOnlyList<FakeRequest> TokenRequests => Registry.Tokens.Requests;

    /// <summary>Methods and authentication of what the registry received, <c>HEAD none, HEAD Bearer</c>.</summary>
    public string Traffic => string.Join(", ", Requests.Select(request => $"{request.Method} {request.AuthKind}"));

    public static async Task<RegistryFixture> StartAsync(FakeRegistryOptions? options = null) =>
        new(await FakeRegistry.StartAsync(options, TestContext.Current.CancellationToken));

    public static Task<RegistryFixture> StartAsync(FakeAuthentication authentication) =>
        StartAsync(new FakeRegistryOptions { Authentication = authentication });

    public ImageReference Image(string name = "app:v1") => ImageReference.Parse($"{Registry.Host}/{name}");

    public async Task<Fetched<Digest>> ResolveAsync(string name = "app:v1") =>
        (await ResolveAllAsync(name))[0];

    public Task<IReadOnlyList<Fetched<Digest>>> ResolveAllAsync(params string[] names) =>
        Client.ResolveAsync([.. names.Select(Image)], TestContext.Current.CancellationToken).WaitAsync(
            Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Completes once the client waits for that long, within a bound of real time.</summary>
    public Task WaitForTimerAsync(TimeSpan due) =>
        Time.WaitForTimerAsync(left => left == due, TestContext.Current.CancellationToken).WaitAsync(
            Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Resolves while every wait shorter than the deadline passes at once.</summary>
    public async Task<Fetched<Digest>> ResolveThroughWaitsAsync(string name = "app:v1")
    {
        var result = ResolveAsync(name);
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var wait = Time.WaitForTimerAsync(due => due < Options.CallTimeout / 2, stop.Token);
            var first = await Task.WhenAny(result, wait);
            if (first == result)
            {
                await stop.CancelAsync();
                return await result;
            }
            Time.Advance(await wait);
        }
    }

    /// <summary>Fails with what came instead unless the digest is the expected one.</summary>
    public void AssertFound(Fetched<Digest> found) =>
        Assert.Equal(Digest, found.Value?.ToString() ?? $"{found.Verdict}: {found.Message}");

    public static RegistryOptions With(string host, string user, string password) => new()
    {
        Credentials = CredentialStore.Empty.With(host, new RegistryCredential { Username = user, Password = password }),
    };

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Registry.DisposeAsync();
    }
}
