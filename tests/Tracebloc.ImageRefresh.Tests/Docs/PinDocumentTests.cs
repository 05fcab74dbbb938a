using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.ImageRefresh.Tests.Pin;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The documented pins: each command gives the output shown beside it.</summary>
public sealed class PinDocumentTests
{
    [Fact]
    public async Task The_documented_session_is_what_the_program_prints()
    {
        await using var pin = await PinFixture.StartAsync();
        pin.Registry.Push("tracebloc/jobs-manager", "prod", "1.9");
        pin.Registry.Push("tracebloc/ingestor", "0.3", "0.3.1");
        pin.Registry.Push("library/nginx", "1.29", "1.29.1");
        pin.Text = Documents.Block("values");
        var shown = Documents.Block("pin");

        var session = new StringBuilder();
        foreach (var line in shown.Split('\n').Where(line => line.StartsWith("$ image-refresh ")))
        {
            if (line.Contains("pushed")) pin.Registry.Push("tracebloc/ingestor", "0.3", "0.3.2");
            session.Append(line).Append('\n').Append(await RunAsync(pin, Words(line)));
        }

        Assert.Equal(shown, session.ToString());
        Assert.Equal(Documents.Block("pinned values"), pin.Text);
    }

    [Theory]
    [InlineData("tag values", "tag pin", "tag unpinned")]
    [InlineData("number values", "number pin", "number values")]
    public async Task The_documented_tags_are_read_as_shown(string before, string session, string after)
    {
        await using var pin = await PinFixture.StartAsync();
        pin.Text = Documents.Block(before);
        var shown = Documents.Block(session);
        var command = shown.Split('\n')[0];

        Assert.Equal(shown, $"{command}\n{await RunAsync(pin, Words(command))}");
        Assert.Equal(Documents.Block(after), pin.Text);
    }

    private static IEnumerable<string> Words(string line) =>
        line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2);

    private static async Task<string> RunAsync(PinFixture pin, IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "image-refresh");
        var result = await Cli.Wrap(program)
            .WithArguments([.. arguments, "--config", "refresh.yaml"])
            .WithWorkingDirectory(Path.GetDirectoryName(pin.Values)!)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return $"{result.StandardOutput}{result.StandardError}exit {result.ExitCode}\n";
    }
}
