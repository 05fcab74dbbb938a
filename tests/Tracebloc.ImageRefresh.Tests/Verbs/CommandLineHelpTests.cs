using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Verbs;

public sealed class CommandLineHelpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("image-refresh")]
    [InlineData("run")]
    [InlineData("watch")]
    [InlineData("resolve")]
    [InlineData("pin")]
    [InlineData("status")]
    [InlineData("release")]
    public async Task The_help_is_as_approved(string command)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        string[] args = command == "image-refresh" ? ["--help"] : [command, "--help"];
        Assert.Equal(0, await console.InvokeAsync(args, Cancelled));
        ApprovedHelp.Verify($"Verbs/CommandLineHelp/{command}.txt", console.Output);
    }

    [Theory]
    [InlineData("run", 6)]
    [InlineData("watch", 7)]
    [InlineData("resolve", 3)]
    [InlineData("pin", 6)]
    [InlineData("status", 5)]
    [InlineData("release", 5)]
    public async Task Every_option_says_its_default_and_gives_an_example(string command, int options)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        await console.InvokeAsync([command, "--help"], Cancelled);
        var text = string.Join(' ', console.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(options, Count(text, "Default: "));
        Assert.Equal(options, Count(text, "Example: --"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
