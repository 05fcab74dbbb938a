using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class CredentialUseTests
{
    private static readonly Dictionary<string, string> Users = new() { ["ann"] = "p:äß:word", ["bob"] = "other" };

    [Fact]
    public async Task Credentials_go_to_the_token_server_and_not_to_the_registry()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        Use(fixture, (fixture.Registry.Host, "ann"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("Basic", Assert.Single(fixture.TokenRequests).AuthKind);
        Assert.Equal("HEAD none, HEAD Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task A_password_with_colons_and_umlauts_reaches_a_Basic_registry_whole()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic);
        Use(fixture, (fixture.Registry.Host, "ann"));

        fixture.AssertFound(await fixture.ResolveAsync());

        var sent = Convert.FromBase64String(fixture.Requests[1].Authorization!["Basic ".Length..]);
        Assert.Equal("ann:p:äß:word", Encoding.UTF8.GetString(sent));
    }

    [Fact]
    public async Task A_Basic_registry_without_credentials_refuses_access()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic);

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Contains(fixture.Registry.Host, result.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task A_refused_credential_is_sent_once_however_many_images_want_it(FakeAuthentication authentication)
    {
        await using var fixture = await StartAsync(authentication);
        fixture.Options = RegistryFixture.With(fixture.Registry.Host, "ann", "wrong");
        string[] names = ["app:v1", .. Enumerable.Range(0, 30).Select(i => $"app-{i}:v1")];

        var results = await fixture.ResolveAllAsync(names);
        var again = await fixture.ResolveAllAsync(names);

        Assert.All(results.Concat(again), result => Assert.Equal(Verdict.Auth, result.Verdict));
        Assert.Single(fixture.Requests.Concat(fixture.TokenRequests), request => request.AuthKind == "Basic");
    }

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task The_most_specific_credential_comes_first_and_the_next_after_a_401(
        FakeAuthentication authentication)
    {
        await using var fixture = await StartAsync(authentication);
        var host = fixture.Registry.Host;
        fixture.Options = new RegistryOptions
        {
            Credentials = CredentialStore.Empty
                .With(host, Credential("ann"))
                .With($"{host}/app", new RegistryCredential { Username = "bob", Password = "stale" }),
        };

        fixture.AssertFound(await fixture.ResolveAsync());

        var used = fixture.Requests.Concat(fixture.TokenRequests).Where(request => request.AuthKind == "Basic");
        Assert.Equal(["bob:stale", "ann:p:äß:word"], used.Select(Decode));
    }

    [Fact]
    public async Task A_token_without_the_right_lets_the_next_credential_try()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token, (user, _) => user == "bob");
        Use(fixture, ($"{fixture.Registry.Host}/app", "ann"), (fixture.Registry.Host, "bob"));

        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task Images_with_credentials_of_their_own_get_tokens_of_their_own()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Token);
        fixture.Registry.Push("bobs", "v1", "bobs");
        Use(fixture, ($"{fixture.Registry.Host}/app", "ann"), ($"{fixture.Registry.Host}/bobs", "bob"));

        var results = await fixture.ResolveAllAsync("app:v1", "bobs:v1");

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
        Assert.Equal(
            ["ann repository:app:pull", "bob repository:bobs:pull"],
            fixture.TokenRequests.Select(r => $"{Decode(r).Split(':')[0]} {Assert.Single(r.Scopes)}").Order());
    }

    [Fact]
    public async Task Another_port_of_the_host_does_not_get_its_credentials()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic);
        await using var neighbour = await StartAsync(FakeAuthentication.Basic);
        Use(fixture, (neighbour.Registry.Host, "ann"));

        Assert.Equal(Verdict.Auth, (await fixture.ResolveAsync()).Verdict);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task The_password_file_of_a_host_comes_before_other_credentials()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Users["ann"] + "\n", TestContext.Current.CancellationToken);
        Use(fixture, (fixture.Registry.Host, "bob"));
        fixture.Options = fixture.Options with
        {
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [fixture.Registry.Host] = new() { Username = "ann", PasswordFile = file },
            },
        };

        fixture.AssertFound(await fixture.ResolveAsync());
        File.Delete(file);

        Assert.Equal("ann:p:äß:word", Decode(fixture.Requests[1]));
    }

    [Theory]
    [InlineData("secret ", "secret ")]
    [InlineData(" secret \t\n", " secret \t")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("secret\n\n", "secret\n")]
    public async Task Of_a_password_file_one_line_break_is_no_part_and_every_blank_is(string content, string password)
    {
        await using var fixture = await RegistryFixture.StartAsync(new FakeRegistryOptions
        {
            Authentication = FakeAuthentication.Basic,
            Users = new Dictionary<string, string> { ["ann"] = password },
        });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        fixture.Options = new RegistryOptions
        {
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [fixture.Registry.Host] = new() { Username = "ann", PasswordFile = file },
            },
        };

        fixture.AssertFound(await fixture.ResolveAsync());
        File.Delete(file);
    }

    [Fact]
    public async Task A_missing_password_file_is_a_matter_of_configuration()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic);
        fixture.Options = new RegistryOptions
        {
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [fixture.Registry.Host] = new() { Username = "ann", PasswordFile = "/nowhere/password" },
            },
        };

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Config, result.Verdict);
        Assert.Contains("/nowhere/password", result.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Requests);
    }

    private static Task<RegistryFixture> StartAsync(
        FakeAuthentication authentication, Func<string?, string, bool>? canPull = null) =>
        RegistryFixture.StartAsync(new FakeRegistryOptions
        {
            Authentication = authentication,
            Users = Users,
            CanPull = canPull ?? ((_, _) => true),
        });

    private static RegistryCredential Credential(string user) => new() { Username = user, Password = Users[user] };

    private static void Use(RegistryFixture fixture, params (string Key, string User)[] entries)
    {
        var store = CredentialStore.Empty;
        foreach (var (key, user) in entries)
            store = store.With(key, Credential(user));
        fixture.Options = fixture.Options with { Credentials = store };
    }

    private static string Decode(FakeRequest request) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(request.Authorization!["Basic ".Length..]));
}
