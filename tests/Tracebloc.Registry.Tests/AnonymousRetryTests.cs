using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class AnonymousRetryTests
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_public_image_is_asked_for_without_where_the_token_server_refuses_the_credentials(int status)
    {
        await using var fixture = await StartAsync();
        fixture.Registry.Tokens.When(request => request.AuthKind == "Basic", FakeReply.Of(status));
        fixture.Registry.Push("other", "v1", "other");

        var results = await fixture.ResolveAllAsync("app:v1", "other:v1");

        fixture.AssertFound(results[0]);
        Assert.All(results, result => Assert.Equal([Note(fixture)], result.Warnings));
    }

    [Fact]
    public async Task It_is_said_of_every_image_though_the_credentials_are_sent_once()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.Tokens.When(request => request.AuthKind == "Basic", FakeReply.Of(401));
        await fixture.ResolveAsync();

        var again = await fixture.ResolveAsync();

        Assert.Equal([Note(fixture)], again.Warnings);
        Assert.Single(fixture.TokenRequests, request => request.AuthKind == "Basic");
    }

    [Fact]
    public async Task So_is_it_where_the_registry_refuses_what_the_credentials_got_there()
    {
        await using var fixture = await StartAsync(canPull: user => user is null);

        var result = await fixture.ResolveAsync();

        fixture.AssertFound(result);
        Assert.Equal([Note(fixture)], result.Warnings);
    }

    [Fact]
    public async Task Credentials_that_are_good_are_not_gone_without()
    {
        await using var fixture = await StartAsync();

        var result = await fixture.ResolveAsync();

        fixture.AssertFound(result);
        Assert.Empty(result.Warnings);
        Assert.Equal(["Basic"], fixture.TokenRequests.Select(request => request.AuthKind));
    }

    [Fact]
    public async Task An_image_that_is_not_public_stays_refused_by_what_was_said_to_the_credentials()
    {
        await using var fixture = await StartAsync(canPull: user => user is not null);
        fixture.Registry.Tokens.When(request => request.AuthKind == "Basic", FakeReply.Of(403));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Contains("answered 403", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_nobody_sees_without_is_said_to_have_been_asked_for_so()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.Tokens.When(request => request.AuthKind == "Basic", FakeReply.Of(403));

        var result = await fixture.ResolveAsync("app:v2");

        Assert.Equal(Verdict.NotFound, result.Verdict);
        Assert.Equal([Note(fixture)], result.Warnings);
    }

    [Fact]
    public async Task Without_the_option_refused_is_refused()
    {
        await using var fixture = await StartAsync(allowed: false);
        fixture.Registry.Tokens.When(request => request.AuthKind == "Basic", FakeReply.Of(403));

        Assert.Equal(Verdict.Auth, (await fixture.ResolveAsync()).Verdict);

        Assert.DoesNotContain(fixture.TokenRequests, request => request.AuthKind == "none");
    }

    private static async Task<RegistryFixture> StartAsync(bool allowed = true, Func<string?, bool>? canPull = null)
    {
        var fixture = await RegistryFixture.StartAsync(new FakeRegistryOptions
        {
            Users = new Dictionary<string, string> { ["ann"] = "secret" },
            CanPull = (user, _) => canPull?.Invoke(user) ?? true,
        });
        fixture.Options = RegistryFixture.With(fixture.Registry.Host, "ann", "secret") with
        {
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [fixture.Registry.Host] = new() { AnonymousRetry = allowed },
            },
        };
        return fixture;
    }

    private static string Note(RegistryFixture fixture) =>
        $"credentials for {fixture.Registry.Host} were refused; retried anonymously";
}
