using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Clients of different credentials that share what is known of hosts.</summary>
public sealed class CredentialViewTests
{
    [Fact]
    public async Task Each_client_sees_what_its_own_credentials_let_it_see()
    {
        await using var fixture = await StartAsync();
        var ann = With(fixture, "ann");
        var bob = With(fixture, "bob");
        fixture.Registry.Push("bobs", "v1", "bobs");

        Assert.Equal(
            [Verdict.Ok, Verdict.Auth], (await ResolveAsync(ann, fixture)).Select(result => result.Verdict));
        Assert.Equal(
            [Verdict.Auth, Verdict.Ok], (await ResolveAsync(bob, fixture)).Select(result => result.Verdict));
        Assert.Equal(
            [Verdict.Auth, Verdict.Auth],
            (await ResolveAsync(fixture.Client, fixture)).Select(result => result.Verdict));
    }

    [Fact]
    public async Task What_is_known_of_a_host_and_a_credential_is_learnt_once()
    {
        await using var fixture = await StartAsync();
        await ResolveAsync(With(fixture, "ann"), fixture);
        fixture.Registry.ClearRequests();

        await ResolveAsync(With(fixture, "ann"), fixture);

        Assert.All(fixture.Requests, request => Assert.Equal("Bearer", request.AuthKind));
        Assert.DoesNotContain(fixture.TokenRequests, request => request.Scopes is ["repository:app:pull"]);
    }

    [Fact]
    public async Task Its_credentials_come_before_those_it_was_made_from_under_the_same_key()
    {
        await using var fixture = await StartAsync();
        fixture.Options = RegistryFixture.With(fixture.Registry.Host, "bob", "bob-secret");

        fixture.AssertFound(await ResolveOneAsync(With(fixture, "ann"), fixture));

        Assert.Single(fixture.TokenRequests);
    }

    [Fact]
    public async Task The_end_of_one_is_not_the_end_of_the_other()
    {
        await using var fixture = await StartAsync();
        using (With(fixture, "bob"))
        {
        }

        fixture.AssertFound(await ResolveOneAsync(With(fixture, "ann"), fixture));
    }

    private static Task<RegistryFixture> StartAsync() => RegistryFixture.StartAsync(new FakeRegistryOptions
    {
        Users = new Dictionary<string, string> { ["ann"] = "ann-secret", ["bob"] = "bob-secret" },
        CanPull = (user, name) => user == (name == "bobs" ? "bob" : "ann"),
    });

    private static RegistryClient With(RegistryFixture fixture, string user) => fixture.Client.With(
        CredentialStore.Empty.With(
            fixture.Registry.Host, new RegistryCredential { Username = user, Password = $"{user}-secret" }));

    private static async Task<Fetched<Digest>> ResolveOneAsync(RegistryClient client, RegistryFixture fixture) =>
        (await client.ResolveAsync([fixture.Image()], TestContext.Current.CancellationToken))[0];

    private static Task<IReadOnlyList<Fetched<Digest>>> ResolveAsync(RegistryClient client, RegistryFixture fixture) =>
        client.ResolveAsync(
            [fixture.Image("app:v1"), fixture.Image("bobs:v1")], TestContext.Current.CancellationToken);
}
