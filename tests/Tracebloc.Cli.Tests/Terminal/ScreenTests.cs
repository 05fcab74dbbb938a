using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Tests.Terminal;

public sealed class ScreenTests
{
    [Fact]
    public void Control_characters_of_others_never_reach_the_terminal()
    {
        using var terminal = new FakeTerminal { IsTerminal = true };

        terminal.Screen().Line("a\u001b[2Jb\u0007\nc");
        terminal.Screen().Warn("x\u001by");

        Assert.Equal("a\\u001b[2Jb\\u0007\nc\n", terminal.Output);
        Assert.Equal("warning: x\\u001by\n", terminal.Error);
    }

    [Theory]
    [InlineData(true, null, null, true)]
    [InlineData(true, "TERM", "dumb", false)]
    [InlineData(true, "NO_COLOR", "1", false)]
    [InlineData(true, "NO_COLOR", "", true)]
    [InlineData(false, null, null, false)]
    public void Colours_are_for_terminals_that_can_and_people_who_want_them(
        bool isTerminal, string? variable, string? value, bool hasColour)
    {
        using var terminal = new FakeTerminal { IsTerminal = isTerminal };
        if (variable is not null) terminal.Variables[variable] = value ?? "";

        terminal.Screen().Line("done", Tone.Good);

        Assert.Equal(hasColour ? "\u001b[32mdone\u001b[0m\n" : "done\n", terminal.Output);
    }

    [Fact]
    public void With_json_everything_for_people_goes_to_standard_error()
    {
        using var terminal = new FakeTerminal();
        var screen = terminal.Screen(new(OutputFormat.Json));

        screen.Line("for people");
        screen.Result(new EndingJson("succeeded", 0, null), EndingJsonContext.Readable.EndingJson);

        Assert.Equal("for people\n", terminal.Error);
        Assert.Equal("succeeded", (string?)terminal.Json["status"]);
    }

    [Theory]
    [InlineData(true, false, OutputFormat.Text, true)]
    [InlineData(true, true, OutputFormat.Text, false)]
    [InlineData(true, false, OutputFormat.Json, false)]
    [InlineData(false, false, OutputFormat.Text, false)]
    public void Questions_need_a_terminal_and_consent(
        bool isTerminal, bool noInput, OutputFormat output, bool canAsk)
    {
        using var terminal = new FakeTerminal { IsTerminal = isTerminal };

        Assert.Equal(canAsk, terminal.Screen(new(output, noInput)).CanAsk);
    }

    [Fact]
    public void A_terminal_shows_one_line_of_progress_and_takes_it_off_again()
    {
        using var terminal = new FakeTerminal { IsTerminal = true };
        using (var progress = terminal.Screen().Progress())
        {
            progress.Show(() => "too early");
            terminal.Time.Advance(ProgressLine.OnTerminal);
            progress.Show(() => "1 of\n2");
            progress.Show(() => "too soon");
        }

        Assert.Equal("\r\u001b[K1 of 2\r\u001b[K", terminal.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Elsewhere_progress_is_a_line_every_few_seconds(bool isDumb)
    {
        using var terminal = new FakeTerminal { IsTerminal = isDumb };
        if (isDumb) terminal.Variables["TERM"] = "dumb";
        using (var progress = terminal.Screen().Progress())
            for (var i = 0; i < 3; i++)
            {
                terminal.Time.Advance(ProgressLine.Elsewhere / 2);
                progress.Show(() => $"step {i}");
            }

        Assert.Equal("step 1\n", terminal.Error);
    }
}
