using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

/// <summary>A fake registry that takes uploads, a clock that stands still, and clients of both.</summary>
internal sealed class PushFixture : IAsyncDisposable
{
    /// <summary>Pauses between attempts are shorter; deadlines are not.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(9);

    private readonly List<RegistryClient> _clients = [];

    private PushFixture(FakeRegistry registry) => Registry = registry;

    public FakeRegistry Registry { get; }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>By default chunks alone, so that small content takes many requests.</summary>
    public RegistryProfile Profile { get; init; } = new() { Name = "OCI", LargestPut = 0 };

    public RegistryClient Client => _clients is [.., var last] ? last : NewClient();

    public ImageReference Repository => Image("app");

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Methods of what the registry received.</summary>
    public string Traffic => string.Join(' ', Registry.Requests.Select(request => request.Method));

    public static async Task<PushFixture> StartAsync(
        FakeUploadOptions? uploads = null, RegistryProfile? profile = null, FakeRegistryOptions? options = null)
    {
        options = (options ?? new FakeRegistryOptions()) with { Uploads = uploads ?? new FakeUploadOptions() };
        var registry = await FakeRegistry.StartAsync(options, Cancellation);
        return profile is null ? new PushFixture(registry) : new PushFixture(registry) { Profile = profile };
    }

    public ImageReference Image(string name) => ImageReference.Parse($"{Registry.Host}/{name}");

    public RegistryClient NewClient(RegistryOptions? options = null)
    {
        var hosts = new Dictionary<string, RegistryHostOptions>
        {
            [Registry.Host] = new() { Profile = Profile },
        };
        var client = new RegistryClient((options ?? new RegistryOptions()) with { Hosts = hosts }, Time);
        _clients.Add(client);
        return client;
    }

    /// <summary>Pushes while every pause passes at once.</summary>
    public Task<Fetched<PushedBlob>> PushAsync(BlobContent content, PushOptions? options = null) =>
        ThroughPausesAsync(Client.PushBlobAsync(Repository, content, options ?? new PushOptions(), Cancellation));

    public async Task<T> ThroughPausesAsync<T>(Task<T> result)
    {
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var wait = Time.WaitForTimerAsync(due => due < LongestPause, stop.Token);
            if (await Task.WhenAny(result, wait) == result)
            {
                await stop.CancelAsync();
                return await result;
            }
            Time.Advance(await wait);
        }
    }

    /// <summary>Fails unless the repository has exactly these bytes and no upload is left open.</summary>
    public void AssertPushed(byte[] bytes, Fetched<PushedBlob> pushed)
    {
        Assert.True(pushed.IsOk, $"{pushed.Verdict}: {pushed.Message}");
        Assert.Equal(
            (FakeManifest.DigestOf(bytes), (long)bytes.Length),
            (pushed.Value.Digest.ToString(), pushed.Value.Length));
        AssertStored(bytes);
    }

    public void AssertStored(byte[] bytes)
    {
        Assert.Equal(bytes, Registry.BlobOf("app", FakeManifest.DigestOf(bytes)));
        Assert.Empty(Registry.Uploads.Open);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Registry.DisposeAsync();
    }
}
