using Tracebloc.Integration.Tests.ImageRefresh;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary><c>chart-upgrade</c> for arm64, by QEMU.</summary>
public sealed class Arm64Tests
{
    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    public async Task The_arm64_program_prints_what_that_of_amd64_prints(string argument)
    {
        RealParts.SkipWithout(RealParts.PublishedChartUpgrade, RealParts.Arm64ChartUpgrade);

        var expected = (await PublishedProgram.StartFile(RealParts.ChartUpgrade, [argument]).Result).AssertExit(0);
        var found = await PublishedProgram.RunFileOnArm64Async(RealParts.ChartUpgradeForArm64, argument);

        Assert.NotEmpty(expected.Output);
        Assert.Equal(expected.Output, found.AssertExit(0).Output);
    }
}
