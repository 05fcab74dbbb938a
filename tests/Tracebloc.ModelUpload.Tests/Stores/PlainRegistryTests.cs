using Tracebloc.ModelUpload.Stores;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Stores;

public sealed class PlainRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registry_with_any_certificate_is_not_plain()
    {
        using var authority = TestCertificates.Create();
        await using var registry = await FakeRegistry.StartAsync(new FakeRegistryOptions
        {
            Listener = new FakeListenerOptions { Certificate = authority.IssueServer() },
        }, Token);
        Assert.False(await PlainRegistry.IsPlainAsync(registry.Host, TimeProvider.System, Token));
    }

    [Fact]
    public async Task A_registry_that_answers_a_handshake_with_http_is_plain()
    {
        await using var registry = await FakeRegistry.StartAsync(new FakeRegistryOptions(), Token);
        Assert.True(await PlainRegistry.IsPlainAsync(registry.Host, TimeProvider.System, Token));
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_left_to_the_client() =>
        Assert.False(await PlainRegistry.IsPlainAsync($"127.0.0.1:{FreePort.Next()}", TimeProvider.System, Token));
}
