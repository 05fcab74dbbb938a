using Tracebloc.Registry;
using Tracebloc.Registry.Tests;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Registry;

/// <summary>The registry client's contract, held against docker-registry.</summary>
public sealed class RealRegistryContractTests(RealRegistryFixture fixture)
    : RegistryContract, IClassFixture<RealRegistryFixture>
{
    protected override Task<ContractRegistry> StartAsync() =>
        Task.FromResult<ContractRegistry>(new Real(fixture.Registry));

    internal sealed class Real(RealRegistry registry) : ContractRegistry
    {
        public override string Host => registry.Host;

        public override string CaFile => registry.CaFile;

        public override RegistryCredential User { get; } = new()
        {
            Username = RealRegistry.Credentials.Username,
            Password = RealRegistry.Credentials.Password,
        };

        public override Task<string> PushAsync(
            string repository, string tag, string mediaType, string content, CancellationToken cancellationToken) =>
            registry.PushAsync(repository, tag, content, ShapeOf(mediaType), cancellationToken);

        public override Task PushAsync(
            string repository,
            string? tag,
            FakeManifest manifest,
            IReadOnlyList<byte[]> blobs,
            CancellationToken cancellationToken) =>
            registry.PushAsync(repository, tag, manifest, blobs, cancellationToken);

        // The registry is the fixture's and outlives the test.
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static ImageShape ShapeOf(string mediaType) => mediaType switch
        {
            FakeManifest.OciIndex => ImageShape.OciIndex,
            FakeManifest.DockerList => ImageShape.DockerList,
            FakeManifest.DockerManifest => ImageShape.DockerImage,
            _ => ImageShape.OciImage,
        };
    }
}
