namespace Tracebloc.Configuration.Tests;

public sealed class SuggestionTests
{
    private static readonly string[] Verbs = ["push", "list", "show", "delete", "status", "logs", "watch", "cancel"];

    [Theory]
    [InlineData("psuh", "push")]
    [InlineData("puhs", "push")]
    [InlineData("pus", "push")]
    [InlineData("PUSH", "push")]
    [InlineData("lsit", "list")]
    [InlineData("statsu", "status")]
    [InlineData("delte", "delete")]
    [InlineData("cancle", "cancel")]
    [InlineData("wacth", "watch")]
    public void A_word_with_a_slip_is_known(string word, string meant) =>
        Assert.Equal(meant, Suggestion.For(word, Verbs));

    [Theory]
    [InlineData("shup")]
    [InlineData("upload")]
    [InlineData("remove")]
    [InlineData("xx")]
    [InlineData("")]
    public void A_word_that_is_another_has_no_suggestion(string word) => Assert.Null(Suggestion.For(word, Verbs));
}
