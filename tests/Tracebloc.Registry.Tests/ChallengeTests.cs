using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Registry.Tests;

public sealed class ChallengeTests
{
    private const string Hub = """Bearer realm="https://auth.docker.io/token",service="registry.docker.io" """;

    [Fact]
    public void No_line_is_no_challenge() => Assert.Empty(Challenge.Parse([]));

    [Theory]
    [InlineData("")]
    [InlineData(" , ,, ")]
    [InlineData("=")]
    [InlineData("\"")]
    [InlineData("realm=\"x\"")]
    public void A_line_without_a_scheme_is_no_challenge(string line) => Assert.Empty(Challenge.Parse([line]));

    [Theory]
    [InlineData("""Bearer realm="https://a/t",service="s",scope="repository:o/n:pull" """)]
    [InlineData("""bearer realm="https://a/t",service="s",scope="repository:o/n:pull" """)]
    [InlineData("""BEARER REALM="https://a/t",Service="s",SCOPE="repository:o/n:pull" """)]
    [InlineData("""Bearer realm = "https://a/t" , service= "s" ,scope ="repository:o/n:pull" """)]
    [InlineData("""Bearer realm=https://a/t,service=s,scope=repository:o/n:pull""")]
    [InlineData("""Bearer realm="https://a/t" service="s" scope="repository:o/n:pull" """)]
    [InlineData("""Bearer  	realm="https://a/t",, service="s",scope="repository:o/n:pull",""")]
    [InlineData("""Bearer scope="repository:o/n:pull",error="invalid_token",service="s",realm="https://a/t" """)]
    [InlineData("""Bearer realm="https://a/t",service="s",scope="repository:o/n:pull",realm="https://b/t" """)]
    [InlineData("""Bearer realm="https:\/\/a/t",service="\s",scope="repository:o/n:pull" """)]
    public void Parameters_are_read_however_they_are_written(string line)
    {
        var challenge = Assert.Single(Challenge.Parse([line]));

        Assert.True(challenge.Is("Bearer"));
        Assert.Equal("https://a/t", challenge.Realm);
        Assert.Equal("s", challenge.Service);
        Assert.Equal("repository:o/n:pull", challenge.Scope);
    }

    [Fact]
    public void Commas_and_escaped_quotes_in_a_quoted_string_belong_to_it()
    {
        var line = """Basic realm="say \"x\", y\\",scope="a:pull,push b:pull" """;

        var challenge = Assert.Single(Challenge.Parse([line]));

        Assert.Equal("""say "x", y\""", challenge.Realm);
        Assert.Equal("a:pull,push b:pull", challenge.Scope);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer,")]
    [InlineData("""Bearer realm="",service="",scope="" """)]
    [InlineData("Bearer realm=")]
    [InlineData("Bearer realm=,service=,scope=")]
    public void A_missing_or_empty_parameter_is_null(string line) =>
        Assert.Equal(new Challenge { Scheme = "Bearer" }, Assert.Single(Challenge.Parse([line])));

    [Theory]
    [InlineData("Bearer realm=\"https://a/t", "https://a/t")]
    [InlineData("Bearer realm=\"https://a/t\\", "https://a/t\\")]
    [InlineData("Bearer realm=\"", null)]
    public void A_quote_that_never_closes_ends_with_its_line(string line, string? realm)
    {
        var challenges = Challenge.Parse([line, "Basic realm=b"]);

        Assert.Equal([realm, "b"], challenges.Select(c => c.Realm));
    }

    [Theory]
    [InlineData("""Basic realm="x, y", """ + Hub, "Basic Bearer")]
    [InlineData(Hub + """, Basic realm="r" """, "Bearer Basic")]
    [InlineData("Negotiate, " + Hub, "Negotiate Bearer")]
    [InlineData("Negotiate YIIab+/c==, " + Hub, "Negotiate Bearer")]
    [InlineData("Negotiate oQcwBaADCgEA, " + Hub, "Negotiate Bearer")]
    [InlineData("NTLM, Negotiate,Basic realm=r, " + Hub, "NTLM Negotiate Basic Bearer")]
    [InlineData("Negotiate " + Hub, "Negotiate Bearer")]
    [InlineData("""Basic realm="r" """ + Hub, "Basic Bearer")]
    public void Several_challenges_stand_in_one_line(string line, string schemes)
    {
        var challenges = Challenge.Parse([line]);

        Assert.Equal(schemes.Split(' '), challenges.Select(c => c.Scheme));
        var bearer = Assert.Single(challenges, c => c.Is("bearer"));
        Assert.Equal("https://auth.docker.io/token", bearer.Realm);
        Assert.Equal("registry.docker.io", bearer.Service);
    }

    [Fact]
    public void Several_challenges_stand_in_lines_of_their_own()
    {
        var challenges = Challenge.Parse([Hub, "Basic realm=\"r\"", "Negotiate"]);

        Assert.Equal(["Bearer", "Basic", "Negotiate"], challenges.Select(c => c.Scheme));
        Assert.Equal(["https://auth.docker.io/token", "r", null], challenges.Select(c => c.Realm));
    }

    [Fact]
    public void What_was_quoted_is_read_back() =>
        Prop.ForAll<NonEmptyString, NonEmptyString>((realm, scope) =>
        {
            var line = $"Digest a=b, Bearer realm={Quoted(realm.Get)}, scope={Quoted(scope.Get)}, Basic";
            return Challenge.Parse([line])[1] == new Challenge
            {
                Scheme = "Bearer",
                Realm = realm.Get,
                Scope = scope.Get,
            };
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a ")]
    [InlineData("a  ")]
    [InlineData("a=")]
    [InlineData("a =")]
    [InlineData("a\" ")]
    [InlineData("a=\"")]
    [InlineData("a \\\"")]
    [InlineData("a b= ")]
    [InlineData(" ")]
    [InlineData("=")]
    [InlineData(",")]
    public void The_worst_megabyte_is_looked_at_twice(string repeated)
    {
        var line = "Bearer " + new StringBuilder().Insert(0, repeated, (1 << 20) / repeated.Length);
        var reader = new ChallengeReader(line);

        while (reader.Read(out _, out var value))
            if (value is null)
                reader.SkipToken68();

        Assert.InRange(reader.Steps, line.Length / 2, line.Length * 2);
    }

    [Fact]
    public void A_line_over_8_KiB_is_no_challenge()
    {
        var longest = $"Bearer realm=\"{new string('x', (8 * 1024) - "Bearer realm=''".Length)}\"";

        Assert.Equal(["Bearer"], Challenge.Parse([longest, longest + " "]).Select(challenge => challenge.Scheme));
    }

    [Fact]
    public void Any_text_is_survived() =>
        Prop.ForAll<string>(line => Challenge.Parse([line ?? ""]).All(c => c.Scheme.Length > 0))
            .QuickCheckThrowOnFailure();

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
