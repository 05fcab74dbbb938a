using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

public sealed class CommandLineHelpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_help_is_as_approved() =>
        ApprovedHelp.Verify("CommandLineHelp/chart-upgrade.txt", await HelpAsync());

    [Fact]
    public async Task Every_option_has_a_default_and_an_example()
    {
        var text = string.Join(' ', (await HelpAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(16, Count(text, "Default: "));
        Assert.Equal(16, Count(text, "Example: -"));
    }

    private static async Task<string> HelpAsync()
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        Assert.Equal(0, await console.InvokeAsync(["--help"], Cancelled));
        return console.Output;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
