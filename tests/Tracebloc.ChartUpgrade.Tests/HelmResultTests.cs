using Tracebloc.ChartUpgrade.Helm;

namespace Tracebloc.ChartUpgrade.Tests;

public sealed class HelmResultTests
{
    [Theory]
    [InlineData("Error: release: not found\n", "release: not found")]
    [InlineData("level=WARN msg=\"upgrade failed\"\nError: UPGRADE FAILED: a:\n\t b\u001b\r\n", "UPGRADE FAILED: a: b")]
    [InlineData("exec: no such plugin\n", "exec: no such plugin")]
    [InlineData("", "helm gave no reason")]
    public void The_error_is_helm_s_last_word_on_one_line(string error, string message) =>
        Assert.Equal(message, Failed(error).ErrorMessage(Redaction.None));

    [Fact]
    public void A_long_error_is_cut() =>
        Assert.Equal(1025, Failed("Error: " + new string('x', 5000)).ErrorMessage(Redaction.None).Length);

    [Fact]
    public void What_took_too_long_is_said_so_whatever_else_it_wrote() =>
        Assert.Equal(
            "helm timed out after 1m30s and was terminated",
            (Failed("Error: context cancelled") with { Overrun = TimeSpan.FromSeconds(90) })
                .ErrorMessage(Redaction.None));

    private static HelmResult Failed(string error) => new(1, "", error, null);
}
