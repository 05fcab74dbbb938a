using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Registry.Tests;

public sealed class TokenResponseTests
{
    [Theory]
    [InlineData("""{"token":"t"}""")]
    [InlineData("""{"access_token":"t"}""")]
    [InlineData("""{"token":"t","access_token":"t"}""")]
    [InlineData("""{"token":"other","access_token":"t"}""")]
    [InlineData("""{"access_token":"t","token":"other"}""")]
    [InlineData("""{"token":"t","access_token":""}""")]
    [InlineData("""{"token":"t","access_token":null}""")]
    [InlineData("""{"token":"","access_token":"t"}""")]
    [InlineData("""{"token":{"a":[1]},"access_token":"t"}""")]
    [InlineData(""" {"scope":"a","x":{"token":"no"},"y":[{"token":"no"}],"token":"t","refresh_token":"r"} """)]
    [InlineData("\uFEFF{\"token\":\"t\"}")]
    public void The_token_is_found_under_either_name(string body) => Assert.Equal("t", Parse(body).Token);

    [Theory]
    [InlineData("", 60)]
    [InlineData(""","expires_in":0""", 60)]
    [InlineData(""","expires_in":30""", 60)]
    [InlineData(""","expires_in":60""", 60)]
    [InlineData(""","expires_in":300""", 300)]
    [InlineData(""","expires_in":"300" """, 300)]
    [InlineData(""","expires_in":300.5""", 300.5)]
    [InlineData(""","expires_in":3e2""", 300)]
    [InlineData(""","expires_in":-300""", 60)]
    [InlineData(""","expires_in":43200""", 3600)]
    [InlineData(""","expires_in":99999999999999999999""", 3600)]
    [InlineData(""","expires_in":1e999""", 3600)]
    [InlineData(""","expires_in":"NaN" """, 60)]
    [InlineData(""","expires_in":"soon" """, 60)]
    [InlineData(""","expires_in":null""", 60)]
    [InlineData(""","expires_in":true""", 60)]
    [InlineData(""","expires_in":{"a":1}""", 60)]
    [InlineData(""","expires_in":300,"issued_at":"2999-01-01T00:00:00Z" """, 300)]
    [InlineData(""","expires_in":300,"issued_at":"1999-01-01T00:00:00Z" """, 300)]
    [InlineData(""","expires_in":300,"issued_at":17""", 300)]
    public void The_lifetime_counts_from_receipt_within_sane_bounds(string more, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Parse($$"""{"token":"t"{{more}}}""").Lifetime);

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("hunter2", "not JSON")]
    [InlineData("""{"token":"hunter2""", "not JSON, or not all of it")]
    [InlineData("""{"token":"hunter2"} trailing""", "not JSON")]
    [InlineData("<html><body>hunter2</body></html>", "HTML")]
    [InlineData("\r\n <!DOCTYPE html>", "HTML")]
    [InlineData("\uFEFF<html>", "HTML")]
    [InlineData("\"hunter2\"", "not a JSON object")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "neither")]
    [InlineData("""{"errors":[{"code":"DENIED"}]}""", "neither")]
    [InlineData("""{"token":17}""", "neither")]
    [InlineData("""{"token":null,"access_token":null}""", "neither")]
    [InlineData("""{"token":""}""", "empty token")]
    [InlineData("""{"token":"","access_token":""}""", "empty token")]
    [InlineData("""{"token":"hunter2\r\nX-Evil: 1"}""", "no header can carry")]
    [InlineData("""{"token":"hunter2 "}""", "no header can carry")]
    [InlineData("""{"token":"hünter2"}""", "no header can carry")]
    [InlineData("""{"token":"hunter2\ud800"}""", "not valid Unicode")]
    public void A_reply_without_a_token_has_a_reason_that_quotes_nothing(string body, string expected)
    {
        Assert.False(TokenResponse.TryParse(Encoding.UTF8.GetBytes(body), out var response, out var reason));
        Assert.Null(response);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("nter2", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_survived() => Prop.ForAll<byte[]>(
        body => TokenResponse.TryParse(body, out _, out var reason) || reason.Length > 0).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reply_cut_short_anywhere_is_refused()
    {
        var body = Encoding.UTF8.GetBytes("""{"token":"t","expires_in":300,"issued_at":"x"}""");

        for (var length = 0; length < body.Length; length++)
            Assert.False(TokenResponse.TryParse(body.AsSpan(0, length), out _, out _));
    }

    [Fact]
    public void A_printed_reply_keeps_the_token_to_itself() =>
        Assert.Equal("token for 60 s", Parse("""{"token":"hunter2"}""").ToString());

    private static TokenResponse Parse(string body)
    {
        Assert.True(TokenResponse.TryParse(Encoding.UTF8.GetBytes(body), out var response, out var reason), reason);
        return response;
    }
}
