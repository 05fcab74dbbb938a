using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests;

/// <summary>
/// The help is kept as text beside this file, so that a change of it is seen. To accept one, run the tests with
/// <c>APPROVE=1</c> in the environment.
/// </summary>
public sealed class CommandLineHelpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ingestor")]
    [InlineData("run")]
    [InlineData("submit")]
    [InlineData("undo")]
    [InlineData("validate")]
    public async Task The_help_is_as_approved(string verb)
    {
        var file = $"CommandLineHelp/{verb}.txt";
        var text = await HelpAsync(verb == "ingestor" ? ["--help"] : [verb, "--help"]);
        var help = string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../..", file), help);
        else
            Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)), help);
    }

    private static async Task<string> HelpAsync(string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        Assert.Equal(0, await console.InvokeAsync(args, Cancelled));
        return console.Output;
    }
}
