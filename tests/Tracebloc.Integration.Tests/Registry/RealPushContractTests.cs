using Tracebloc.Registry.Tests;
using Tracebloc.Registry.Tests.Pushing;

namespace Tracebloc.Integration.Tests.Registry;

/// <summary>The contract of pushes, held against docker-registry.</summary>
public sealed class RealPushContractTests(RealRegistryFixture fixture)
    : PushContract, IClassFixture<RealRegistryFixture>
{
    protected override Task<ContractRegistry> StartAsync() =>
        Task.FromResult<ContractRegistry>(new RealRegistryContractTests.Real(fixture.Registry));
}
