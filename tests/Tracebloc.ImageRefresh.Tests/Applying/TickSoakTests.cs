using Tracebloc.Hosting;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

public sealed class TickSoakTests
{
    [Fact]
    public async Task A_digest_is_rolled_out_on_the_first_tick_after_its_age_and_only_one_write_notes_it()
    {
        await using var fixture = await StartAsync();
        var image = fixture.Restart() with { Gates = new() { MinAge = TimeSpan.FromHours(1) } };
        await fixture.SeenAsync(image);
        var digest = fixture.Push("manager", "2");

        Assert.Equal([0, 0, 0, 0], await fixture.ExitCodesAsync(ticks: 4));
        Assert.Single(fixture.Api.Writes);
        fixture.AssertRollouts(0);
        await fixture.ExitCodesAsync(ticks: 1);

        fixture.AssertRollouts(1);
        fixture.AssertSettled("manager", digest);
    }

    [Fact]
    public async Task A_tag_that_moves_faster_than_digests_ripen_turns_red()
    {
        await using var fixture = await StartAsync();
        var image = fixture.Restart() with { Gates = new() { MinAge = TimeSpan.FromHours(1) } };
        await fixture.SeenAsync(image);

        var codes = new List<int>();
        for (var hour = 0; hour < 5; hour++)
        {
            for (var push = 0; push < 2; push++)
            {
                fixture.Push("manager", $"{hour}.{push}");
                codes.AddRange(await fixture.ExitCodesAsync(ticks: 2));
            }
        }

        Assert.Equal(ExitCodes.Frozen, codes[^1]);
        Assert.Equal(12, codes.IndexOf(ExitCodes.Frozen));
        fixture.AssertRollouts(0);
    }
}
