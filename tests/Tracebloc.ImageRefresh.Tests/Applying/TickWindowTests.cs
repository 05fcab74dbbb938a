using Tracebloc.ImageRefresh.Configuration;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

public sealed class TickWindowTests
{
    [Fact]
    public async Task Nothing_is_written_until_the_window_opens_and_the_first_tick_within_rolls_out()
    {
        await using var fixture = await StartAsync();
        var opens = new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero);
        Assert.Equal(opens, fixture.Time.GetUtcNow(), precision: TimeSpan.FromHours(1));
        Assert.True(RefreshWindowParser.TryParse("Fri 04:00-05:00 UTC", out var window, out var error), error);
        await fixture.SeenAsync(fixture.Restart() with { Gates = new() { Windows = [window] } });
        var digest = fixture.Push("manager", "2");

        Assert.Equal([0, 0, 0], await fixture.ExitCodesAsync(ticks: 3));
        var held = Assert.Single((await fixture.TickAsync(dryRun: true)).Images);
        Assert.Equal((Outcome.Held, opens), (held.Outcome, held.Until));
        Assert.Empty(fixture.Api.Writes);
        await fixture.ExitCodesAsync(ticks: 1);

        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", digest);
    }
}
