using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Operators count what a tick costs by its log.</summary>
public sealed class TickRequestLogTests
{
    [Fact]
    public async Task A_tick_ends_with_the_numbers_of_its_requests()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Forget();

        await fixture.TickAsync();

        Assert.Contains(
            $"Debug: Registry requests: {fixture.Registry.Requests.Count}, of them manifest downloads: 0; "
            + "token requests: 0",
            fixture.Logger.Lines);
    }
}
