using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class FakeRegistryContractTests : RegistryContract
{
    protected override Task<ContractRegistry> StartAsync() => StartFakeAsync();

    /// <summary>A fake that the user <c>ann</c> may push to.</summary>
    internal static async Task<ContractRegistry> StartFakeAsync(FakeUploadOptions? uploads = null)
    {
        using var authority = TestCertificates.Create();
        var caFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(caFile, authority.AuthorityPem, TestContext.Current.CancellationToken);
        var registry = await FakeRegistry.StartAsync(
            new FakeRegistryOptions
            {
                Listener = new FakeListenerOptions { Certificate = authority.IssueServer() },
                Users = new Dictionary<string, string> { ["ann"] = "secret" },
                Uploads = uploads,
                CanPull = (user, name) => user is not null || !name.StartsWith("private/", StringComparison.Ordinal),
            },
            TestContext.Current.CancellationToken);
        return new Fake(registry, caFile);
    }

    private sealed class Fake(FakeRegistry registry, string caFile) : ContractRegistry
    {
        public override string Host => registry.Host;

        public override string CaFile => caFile;

        public override RegistryCredential User { get; } = new() { Username = "ann", Password = "secret" };

        public override Task<string> PushAsync(
            string repository, string tag, string mediaType, string content, CancellationToken cancellationToken) =>
            Task.FromResult(registry.Push(repository, tag, FakeManifest.Of(mediaType, content)));

        public override Task PushAsync(
            string repository,
            string? tag,
            FakeManifest manifest,
            IReadOnlyList<byte[]> blobs,
            CancellationToken cancellationToken)
        {
            foreach (var blob in blobs)
                registry.PushBlob(repository, blob);
            registry.Push(repository, tag, manifest);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            File.Delete(caFile);
            return registry.DisposeAsync();
        }
    }
}
