using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Registries that answer 403 to a known user who may not pull.</summary>
public sealed class DenialTests
{
    private static readonly Dictionary<string, string> Users = new() { ["ann"] = "secret", ["bob"] = "other" };

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task After_a_403_the_next_credential_is_tried(FakeAuthentication authentication)
    {
        await using var fixture = await StartAsync(authentication, (user, _) => user == "bob");
        Use(fixture, ($"{fixture.Registry.Host}/app", "ann"), (fixture.Registry.Host, "bob"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal(["ann", "bob"], UsersOf(fixture));
    }

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task A_403_for_one_repository_leaves_the_credential_good_for_others(FakeAuthentication authentication)
    {
        await using var fixture = await StartAsync(authentication, (_, name) => name == "app");
        Use(fixture, (fixture.Registry.Host, "ann"));

        var denied = await fixture.ResolveAsync("private:v1");
        var found = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, denied.Verdict);
        Assert.Contains("answered 403", denied.Message, StringComparison.Ordinal);
        fixture.AssertFound(found);
    }

    [Fact]
    public async Task A_403_of_the_token_server_for_one_repository_leaves_the_credential_good_for_others()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token, (_, _) => true);
        Use(fixture, (fixture.Registry.Host, "ann"));
        fixture.Registry.Tokens.When(
            request => request.Scopes.Contains("repository:private:pull"), FakeReply.Of(403));

        var results = await fixture.ResolveAllAsync("private:v1", "app:v1");

        Assert.Equal(Verdict.Auth, results[0].Verdict);
        fixture.AssertFound(results[1]);
    }

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task When_every_credential_is_denied_access_is_denied(FakeAuthentication authentication)
    {
        await using var fixture = await StartAsync(authentication, (_, _) => false);
        Use(fixture, ($"{fixture.Registry.Host}/app", "ann"), (fixture.Registry.Host, "bob"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Contains("403 DENIED", result.Message, StringComparison.Ordinal);
        Assert.Equal(["ann", "bob"], UsersOf(fixture).Distinct());
    }

    private static Task<RegistryFixture> StartAsync(
        FakeAuthentication authentication, Func<string?, string, bool> canPull) =>
        RegistryFixture.StartAsync(new FakeRegistryOptions
        {
            Authentication = authentication,
            Users = Users,
            CanPull = canPull,
            DenialStatus = 403,
        });

    private static void Use(RegistryFixture fixture, params (string Key, string User)[] entries)
    {
        var store = CredentialStore.Empty;
        foreach (var (key, user) in entries)
            store = store.With(key, new RegistryCredential { Username = user, Password = Users[user] });
        fixture.Options = new RegistryOptions { Credentials = store };
    }

    private static IEnumerable<string> UsersOf(RegistryFixture fixture) =>
        from request in fixture.Requests.Concat(fixture.TokenRequests)
        where request.AuthKind == "Basic"
        let sent = Convert.FromBase64String(request.Authorization!["Basic ".Length..])
        select Encoding.UTF8.GetString(sent).Split(':')[0];
}
