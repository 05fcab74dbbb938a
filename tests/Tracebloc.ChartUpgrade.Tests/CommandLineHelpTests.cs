using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>
/// The help is kept as text beside this file, so that a change of it is seen. To accept one, run the tests with
/// <c>APPROVE=1</c> in the environment.
/// </summary>
public sealed class CommandLineHelpTests
{
    private const string File = "CommandLineHelp/chart-upgrade.txt";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_help_is_as_approved()
    {
        var text = await HelpAsync();
        var help = string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            System.IO.File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../..", File), help);
        else
            Assert.Equal(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, File)), help);
    }

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
