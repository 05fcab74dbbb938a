using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Tables;

public sealed class PhaseWordTests
{
    [Fact]
    public void Every_word_is_read_as_it_was_written()
    {
        foreach (var phase in Enum.GetValues<RunPhase>())
            foreach (var replaces in (bool[])[false, true])
            {
                var word = PhaseWord.Of(phase, replaces);
                var isOver = SomeRun.Record with { Phase = phase } is { IsOver: true };

                Assert.Equal((phase, replaces && !isOver), PhaseWord.Parse(word));
                Assert.InRange(word.Length, 1, 16);
            }
    }

    [Theory]
    [InlineData(RunPhase.Loading, false, "loading")]
    [InlineData(RunPhase.Loading, true, "new_loading")]
    [InlineData(RunPhase.Swapping, true, "new_swapping")]
    [InlineData(RunPhase.Registered, true, "registered")]
    public void A_run_under_way_that_replaces_has_words_of_its_own(object phase, bool replaces, string word) =>
        Assert.Equal(word, PhaseWord.Of((RunPhase)phase, replaces));

    [Fact]
    public void A_word_of_a_newer_version_is_an_error() => Assert.Contains(
        "phase old_loading is unknown; use the newest version",
        Assert.Throws<IngestorException>(() => PhaseWord.Parse("old_loading")).Message);
}
