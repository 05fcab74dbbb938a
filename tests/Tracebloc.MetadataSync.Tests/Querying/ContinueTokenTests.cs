using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.MetadataSync.Querying;

namespace Tracebloc.MetadataSync.Tests.Querying;

public sealed class ContinueTokenTests
{
    private static readonly RowPosition Position = new("team-a", "m", "u-1");

    [Fact]
    public void A_token_leads_back_to_its_row() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNull<string>, NonNull<string>, NonNull<string>)>(),
            each =>
            {
                var row = new RowPosition(Whole(each.Item1.Get), Whole(each.Item2.Get), Whole(each.Item3.Get));
                Assert.Equal(row, ContinueToken.Read(ContinueToken.Write(row, ["q", null]), ["q", null]));
            }));

    [Fact]
    public void A_token_of_another_query_is_refused()
    {
        var token = ContinueToken.Write(Position, ["models", null, "a=b"]);

        foreach (var other in (string?[][])
            [["models", "", "a=b"], ["models", null, "a=c"], ["models", null, "a=b", null], ["models,-", "a=b"], []])
            Assert.Contains(
                "belongs to another query",
                Assert.Throws<QueryException>(() => ContinueToken.Read(token, other)).Message);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("W10")]
    [InlineData("WyJcdWQ4MDAiXQ")]
    [InlineData("eyJhIjoxfQ")]
    [InlineData("WyIxIiwxLDIsMyw0XQ")]
    [InlineData("WyIyIiwiIiwiIiwiIiwiIl0")]
    public void A_text_that_is_no_token_is_refused(string text) => Assert.Contains(
        "no token of this server", Assert.Throws<QueryException>(() => ContinueToken.Read(text, [])).Message);

    [Fact]
    public void Any_text_is_refused_or_read() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            text => Assert.Throws<QueryException>(() => ContinueToken.Read(text.Get, []))));

    // JSON has no place for half a pair.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
