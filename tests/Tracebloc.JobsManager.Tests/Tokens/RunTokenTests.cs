using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Tokens;

public sealed class RunTokenTests
{
    private const string Key = "0123456789abcdef0123456789abcdef-and-more";
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private readonly ManualTimeProvider _time = new();
    private readonly RunToken _tokens;

    public RunTokenTests() => _tokens = new RunToken(new Secret(Key), _time);

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private string Payload =>
        $$"""
        {"iss":"jobs-manager","aud":"requests-proxy","sub":"k","table":"houses","intent":"train","iat":{{Now}},
        "exp":{{Now + 60}},"ori":{{Now}}}
        """;

    [Fact]
    public void A_token_has_the_form_of_any_json_web_token()
    {
        var parts = Minted(Claims()).Split('.');

        Assert.Equal(3, parts.Length);
        Assert.Equal(Header, Text(parts[0]));
        Assert.Equal(
            """{"iss":"jobs-manager","aud":"requests-proxy","sub":"key-1","table":"houses","intent":"train","""
                + $$"""  "iat":{{Now}},"exp":{{Now + 600}},"ori":{{Now}}} """.Trim(),
            Text(parts[1]));
    }

    [Fact]
    public void Every_claim_comes_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(from key in Gen.Elements("abcXYZ019._-".ToCharArray()).NonEmptyListOf()
                 from table in Gen.Elements("abcXYZ_".ToCharArray()).NonEmptyListOf()
                 from intent in Gen.Elements("train", "test")
                 from life in Gen.Choose(1, int.MaxValue)
                 from age in Gen.Choose(0, 1_000_000_000)
                 select new RunClaims(
                     string.Concat(key.Take(64)), string.Concat(table.Take(64)), intent,
                     Seconds(Now - age), Seconds(Now + life))),
        claims => _tokens.Check(Minted(claims)) == claims));

    [Fact]
    public void A_token_with_any_letter_changed_is_refused()
    {
        var token = Minted(Claims());
        for (var at = 0; at < token.Length; at++)
            foreach (var letter in "AB.=-_ \n%é".Where(letter => letter != token[at]))
                Assert.Null(_tokens.Check($"{token[..at]}{letter}{token[(at + 1)..]}"));
    }

    [Fact]
    public void A_token_with_text_added_or_left_out_is_refused()
    {
        var token = Minted(Claims());
        string[] added = [".", "=", " ", "\n", "\0", "A", ".A", "=="];
        Assert.All(added, text => Assert.Null(_tokens.Check(token + text)));
        Assert.All(added, text => Assert.Null(_tokens.Check(text + token)));
        Assert.All(added, text => Assert.Null(_tokens.Check(token.Replace(".", text + ".", StringComparison.Ordinal))));
        Assert.All(Enumerable.Range(0, token.Length), length => Assert.Null(_tokens.Check(token[..length])));
        Assert.Null(_tokens.Check(token + new string('A', 1_000_000)));
    }

    [Fact]
    public void Any_text_is_refused_without_a_fault() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => _tokens.Check(text ?? "") is null));

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","jku":"http://127.0.0.1/"}""")]
    [InlineData("""{ "alg":"HS256","typ":"JWT"}""")]
    public void Another_header_is_refused_even_with_a_right_signature(string header)
    {
        Assert.Null(_tokens.Check(Signed(header, Payload)));
        Assert.Null(_tokens.Check($"{Encoded(header)}.{Encoded(Payload)}."));
        Assert.Null(_tokens.Check($"{Encoded(header)}.{Encoded(Payload)}"));
    }

    [Fact]
    public void The_payload_of_the_other_refusals_is_accepted_as_it_is() =>
        Assert.NotNull(_tokens.Check(Signed(Header, Payload)));

    [Theory]
    [InlineData("\"jobs-manager\"", "\"another\"")]
    [InlineData("\"requests-proxy\"", "\"jobs-manager\"")]
    [InlineData("\"requests-proxy\"", "[\"requests-proxy\"]")]
    [InlineData("\"sub\":\"k\"", "\"sub\":\"\"")]
    [InlineData("\"sub\":\"k\"", "\"sub\":7")]
    [InlineData("\"sub\":\"k\",", "")]
    [InlineData("\"houses\"", "\"houses/../other\"")]
    [InlineData("\"houses\"", "null")]
    [InlineData("\"houses\"", "\"\"")]
    [InlineData("\"train\"", "\"TRAIN\"")]
    [InlineData("\"train\"", "\"all\"")]
    [InlineData("\"table\":\"houses\"", "\"table\":\"houses\",\"table\":\"other\"")]
    [InlineData("\"exp\":", "\"exp\":\"1\",\"x\":")]
    [InlineData("\"exp\":", "\"exp\":1.5,\"x\":")]
    [InlineData("\"exp\":", "\"exp\":-1,\"x\":")]
    [InlineData("\"exp\":", "\"exp\":9223372036854775807,\"x\":")]
    [InlineData("\"exp\":", "\"exp\":1e30,\"x\":")]
    [InlineData("\"exp\":", "\"x\":")]
    [InlineData("\"ori\":", "\"x\":")]
    [InlineData("\"iat\":", "\"x\":")]
    [InlineData("{\"iss\"", "[{\"iss\"")]
    public void A_claim_of_another_value_or_type_is_refused(string part, string other)
    {
        Assert.Contains(part, Payload);
        Assert.Null(_tokens.Check(Signed(Header, Payload.Replace(part, other, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef-and-mor")]
    [InlineData("")]
    [InlineData("secret")]
    public void A_token_of_another_key_is_refused(string key)
    {
        Assert.Null(_tokens.Check(new RunToken(new Secret(key), _time).Mint(Claims()).Reveal()));
    }

    [Fact]
    public void A_token_is_valid_until_the_second_of_its_expiry()
    {
        var token = Minted(Claims());

        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.NotNull(_tokens.Check(token));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_tokens.Check(token));
    }

    [Fact]
    public void Renewals_end_after_four_lives_of_the_first_token()
    {
        var life = TimeSpan.FromSeconds(600);
        var claims = Claims();
        var start = _time.GetUtcNow();
        while (_time.GetUtcNow() < claims.ExpiresAt)
        {
            claims = _tokens.Renewed(claims, life);
            Assert.Equal(start, claims.FirstIssuedAt);
            _time.Advance(TimeSpan.FromSeconds(100));
        }

        Assert.Equal(start + (4 * life), claims.ExpiresAt);
        Assert.Null(_tokens.Check(Minted(claims)));
    }

    [Fact]
    public void A_renewal_never_shortens_a_life()
    {
        var claims = Claims() with { ExpiresAt = Seconds(Now + 100_000) };

        Assert.Equal(claims, _tokens.Renewed(claims, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_token_is_no_text_of_a_message() => Assert.Equal("(secret)", $"{_tokens.Mint(Claims())}");

    private RunClaims Claims() => new("key-1", "houses", "train", Seconds(Now), Seconds(Now + 600));

    private string Minted(RunClaims claims) => _tokens.Mint(claims).Reveal();

    private static string Signed(string header, string payload)
    {
        var text = $"{Encoded(header)}.{Encoded(payload)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static DateTimeOffset Seconds(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
