using Tracebloc.Cli.Terminal;

namespace Tracebloc.Cli.Tests.Terminal;

public sealed class PromptTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\n", "fallback")]
    [InlineData("  mine \n", "mine")]
    [InlineData("bad\ngood\n", "good")]
    [InlineData("", null)]
    [InlineData("bad\n", null)]
    public async Task A_question_is_repeated_until_its_answer_is_right(string typed, string? answer)
    {
        Assert.Equal(answer, await Of(typed).AskAsync(
            "Table", "fallback", text => text == "bad" ? "is bad" : null, Cancelled));
        Assert.StartsWith("Table [fallback]: ", _output.ToString());
    }

    [Fact]
    public async Task An_empty_line_is_no_answer_where_there_is_no_default()
    {
        Assert.Equal("x", await Of("\nx\n").AskAsync("Path", null, _ => null, Cancelled));
        Assert.Equal(
            "Path: An answer is needed; answer, or end with Ctrl-D\nPath: ", _output.ToString());
    }

    [Theory]
    [InlineData("2\n", "dog")]
    [InlineData("cat\n", "cat")]
    [InlineData("\n", "dog")]
    [InlineData("3\n0\ncta\ncat\n", "cat")]
    [InlineData("", null)]
    public async Task A_choice_is_a_word_or_its_number(string typed, string? answer) =>
        Assert.Equal(answer, await Of(typed).ChooseAsync("Pet", ["cat", "dog"], "dog", Cancelled));

    [Theory]
    [InlineData("\n", true)]
    [InlineData("y\n", true)]
    [InlineData("NO\n", false)]
    [InlineData("perhaps\nno\n", false)]
    [InlineData("", null)]
    public async Task A_confirmation_is_yes_or_no(string typed, bool? answer) =>
        Assert.Equal(answer, await Of(typed).ConfirmAsync("Send it?", fallback: true, Cancelled));

    [Fact]
    public async Task A_signal_ends_a_question()
    {
        using var stream = new AnonymousPipe();
        using var cancel = new CancellationTokenSource();
        var asked = new Prompt(stream.Reader, _output).AskAsync("Table", null, _ => null, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Theory]
    [InlineData("\"/a b/c\"", "/a b/c")]
    [InlineData(" '/a'\t", "/a")]
    [InlineData("~", "/home/me")]
    [InlineData("~/data", "/home/me/data")]
    [InlineData("~other/data", "~other/data")]
    [InlineData("\"", "\"")]
    public void A_pasted_path_loses_its_quotes_and_its_tilde(string text, string path) =>
        Assert.Equal(path, Prompt.PathOf(text, "/home/me"));

    private Prompt Of(string typed) => new(new StringReader(typed), _output);

    /// <summary>An input on which nothing is ever typed.</summary>
    private sealed class AnonymousPipe : IDisposable
    {
        private readonly System.IO.Pipes.AnonymousPipeServerStream _end = new();

        public AnonymousPipe() => Reader = new(new System.IO.Pipes.AnonymousPipeClientStream(
            System.IO.Pipes.PipeDirection.In, _end.ClientSafePipeHandle));

        public StreamReader Reader { get; }

        public void Dispose() => _end.Dispose();
    }
}
