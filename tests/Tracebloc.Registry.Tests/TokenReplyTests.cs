using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class TokenReplyTests
{
    [Theory]
    [InlineData("{\"token\":\"{token}\"}")]
    [InlineData("{\"access_token\":\"{token}\"}")]
    [InlineData("{\"token\":\"{token}\",\"access_token\":\"another\"}")]
    [InlineData("{\"Token\":\"{token}\"}")]
    [InlineData("{\"ACCESS_TOKEN\":\"{token}\",\"Access_Token\":null}")]
    [InlineData("\uFEFF{\"token\":\"{token}\"}")]
    public async Task The_token_is_found_in_either_place(string body)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        Answer(fixture, body);

        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Theory]
    [InlineData("{\"token\":\"\"}", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("not json", "application/json")]
    [InlineData("<html><body>Sign in</body></html>", "text/html")]
    public async Task A_reply_without_a_token_is_invalid(string body, string contentType)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Tokens.Next(FakeReply.Of(200, body, contentType));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains(fixture.Registry.Tokens.Realm.AbsoluteUri, result.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task A_reply_of_five_megabytes_is_not_read()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var padding = new string(' ', 5 << 20);
        Answer(fixture, $"{{\"token\":\"{{token}}\"}}{padding}");

        Assert.Equal(Verdict.Invalid, (await fixture.ResolveAsync()).Verdict);
    }

    [Fact]
    public async Task A_truncated_reply_is_asked_for_again()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Tokens.Next(FakeReply.Of(200, "{\"token\":\"x") with { ContentLength = 200 });

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Equal(2, fixture.TokenRequests.Count);
    }

    private static void Answer(RegistryFixture fixture, string body)
    {
        var token = fixture.Registry.Tokens.Issue("app");
        fixture.Registry.Tokens.Next(
            FakeReply.Of(200, body.Replace("{token}", token, StringComparison.Ordinal)));
    }
}
