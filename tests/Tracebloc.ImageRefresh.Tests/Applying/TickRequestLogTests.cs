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

        var expected = $"Debug: Registry requests: {fixture.Registry.Requests.Count}, of them manifest downloads: ";
        Assert.Contains(fixture.Logger.Lines, line => line.StartsWith(expected, StringComparison.Ordinal));
    }
}
