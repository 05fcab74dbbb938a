using Tracebloc.ImageRefresh.Records;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Records;

public sealed class HoldOffTests
{
    [Theory]
    [InlineData(-1, "ghcr.io", false)]
    [InlineData(6, "ghcr.io", true)]
    [InlineData(24, "ghcr.io", true)]
    [InlineData(25, "ghcr.io", false)]
    [InlineData(50_000_000, "ghcr.io", false)]
    [InlineData(6, "quay.io", false)]
    public void A_rate_limit_is_believed_for_a_day_at_most(int hours, string registry, bool covers) =>
        Assert.Equal(covers, new HoldOff(Now.AddHours(hours), registry).Covers(EnvSet().Image, Now));
}
