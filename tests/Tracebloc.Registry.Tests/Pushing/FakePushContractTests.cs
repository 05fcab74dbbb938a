using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class FakePushContractTests : PushContract
{
    protected override Task<ContractRegistry> StartAsync() => FakeRegistryContractTests.StartFakeAsync(
        new FakeUploadOptions { CanPush = (user, _) => user is not null });
}
