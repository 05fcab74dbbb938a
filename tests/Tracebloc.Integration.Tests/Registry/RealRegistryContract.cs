using Tracebloc.Registry;
using Tracebloc.Registry.Tests;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Registry;

/// <summary>What the fake is held to, of docker-registry with tokens over TLS.</summary>
public sealed class RealRegistryContract(RealRegistryFixture fixture) : RegistryContract, IClassFixture<RealRegistryFixture>
{
    protected override Task<ContractRegistry> StartAsync() =>
        Task.FromResult<ContractRegistry>(new Real(fixture.Registry));

    private sealed class Real(RealRegistry registry) : ContractRegistry
    {
        public override string Host => registry.Host;

        public override string CaFile => registry.CaFile;

        public override RegistryCredential User { get; } = new()
        {
            Username = RealRegistry.Credentials.Username,
            Password = RealRegistry.Credentials.Password,
        };

        public override Task PushAsync(
            string repository, string tag, FakeManifest manifest, CancellationToken cancellationToken) =>
            registry.PushAsync(repository, tag, manifest, cancellationToken);

        /// <summary>The registry is the class's: it goes when all tests have run.</summary>
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
