using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Registry;

/// <summary>One real registry for the tests of a class, which are skipped when none was asked for.</summary>
public sealed class RealRegistryFixture : IAsyncLifetime
{
    private RealRegistry? registry;

    /// <summary>Skips the test that asks when there is no real registry.</summary>
    public RealRegistry Registry
    {
        get
        {
            RealParts.SkipWithout(RealParts.Registry);
            return registry ?? throw new InvalidOperationException("The fixture has not been initialized.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RealParts.Registry is null)
            registry = await RealRegistry.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (registry is not null)
            await registry.DisposeAsync();
    }
}
