using System.Text;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

public sealed class TerminationMessageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("message-");
    private readonly RecordingLogger _logger = new();

    private string At => Path.Combine(_folder.FullName, "termination-log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_content_is_replaced()
    {
        File.WriteAllText(At, "a longer text of an earlier container");

        new TerminationMessage(At).Write("the reason", _logger);

        Assert.Equal("the reason", File.ReadAllText(At));
    }

    [Fact]
    public void The_file_is_never_created()
    {
        new TerminationMessage(At).Write("the reason", _logger);

        Assert.False(File.Exists(At));
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        var target = Path.Combine(_folder.FullName, "target");
        File.WriteAllText(target, "kept");
        File.CreateSymbolicLink(At, target);

        new TerminationMessage(At).Write("the reason", _logger);

        Assert.Equal("kept", File.ReadAllText(target));
    }

    [Fact]
    public void A_pipe_without_a_reader_is_not_waited_for()
    {
        using var pipe = new NamedPipe(At);

        new TerminationMessage(At).Write("the reason", _logger);

        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void A_file_that_rejects_the_text_is_a_line_of_the_log()
    {
        // A regular file of mode 0444 whose writing fails for every account.
        new TerminationMessage("/proc/version").Write("the reason", _logger);
        new TerminationMessage("/proc/version").Write("the reason", logger: null);

        Assert.StartsWith(
            "Debug: Termination message /proc/version could not be written: ", Assert.Single(_logger.Lines));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ä")]
    [InlineData("😀")]
    [InlineData("a😀")]
    public void A_long_text_is_cut_between_letters(string letters)
    {
        File.WriteAllText(At, "");
        var text = string.Concat(Enumerable.Repeat(letters, 5_000));

        new TerminationMessage(At).Write(text, _logger);

        var bytes = File.ReadAllBytes(At);
        Assert.InRange(bytes.Length, 4_093, 4_096);
        Assert.StartsWith(Encoding.UTF8.GetString(bytes), text);
    }
}
