using Tracebloc.Net;
using Tracebloc.Registry;
using Tracebloc.Signatures.Tuf;
using Tracebloc.Testing;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests.Tuf;

/// <summary>A repository with one target, a client's cache, and a clock.</summary>
internal sealed class TufScene : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tuf-");

    private TufScene(FakeTufRepository repository, ManualTimeProvider time) =>
        (Repository, Time) = (repository, time);

    public FakeTufRepository Repository { get; }

    public ManualTimeProvider Time { get; }

    /// <summary>The first root, as a user has it from elsewhere.</summary>
    public byte[] Root { get; private set; } = [];

    public static async Task<TufScene> StartAsync(Action<FakeTufRepository>? prepare = null)
    {
        var time = new ManualTimeProvider();
        var repository = await FakeTufRepository.StartAsync(
            time.GetUtcNow().AddDays(10), TestContext.Current.CancellationToken);
        prepare?.Invoke(repository);
        var scene = new TufScene(repository, time) { Root = repository.PublishRoot() };
        repository.Publish(TufClient.TrustedRoot, "first");
        return scene;
    }

    public async Task<string> ReadAsync(Digest? digest = null, bool isGiven = true, string? name = null)
    {
        var repository = new TufRepository(Repository.Address, _folder.FullName)
        {
            Root = isGiven ? Root.AsMemory() : default(ReadOnlyMemory<byte>?),
            RootDigest = digest,
        };
        var connection = new ServiceConnection
        {
            Attempts = 2,
            Pauses = new RetryPauses(TimeSpan.Zero, () => 0) { First = TimeSpan.Zero },
        };
        using var client = new TufClient(repository, connection, Time);
        var content = await client.GetTargetAsync(
            name ?? TufClient.TrustedRoot, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(content.Span);
    }

    public async Task<TufException> FaultAsync(Digest? digest = null, bool isGiven = true, string? name = null) =>
        await Assert.ThrowsAsync<TufException>(() => ReadAsync(digest, isGiven, name));

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await Repository.DisposeAsync();
    }
}
