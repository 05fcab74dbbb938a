using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>The credentials that are sent in a tick until a host or a user counts as refused.</summary>
public sealed class CredentialTrialTests
{
    public static TheoryData<FakeAuthentication> Kinds => [FakeAuthentication.Basic, FakeAuthentication.Token];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Eight_refusals_end_the_trials_of_a_host(FakeAuthentication kind)
    {
        await using var fixture = await StartAsync(kind);
        string[] names = [.. Enumerable.Range(10, 30).Select(i => $"image-{i}")];
        fixture.Options = new() { Credentials = Wrong(fixture, names) };

        var results = await fixture.ResolveAllAsync([.. names.Select(name => $"{name}:v1")]);
        var again = await fixture.ResolveAllAsync([.. names.Select(name => $"{name}:v1")]);

        Assert.All(results.Concat(again), result => Assert.Equal(Verdict.Auth, result.Verdict));
        Assert.Equal(8, Logins(fixture).Count);
        Assert.Equal(22, again.Count(result => result.Message?.EndsWith(
            $": 8 credentials for {fixture.Registry.Host} were refused, the others are not tried; "
                + "remove those that are stale",
            StringComparison.Ordinal) == true));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Credentials_that_are_accepted_are_no_trials(FakeAuthentication kind)
    {
        await using var fixture = await StartAsync(kind);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"app-{i}")];
        var store = CredentialStore.Empty;
        foreach (var name in names)
        {
            fixture.Registry.Push(name, "v1", name);
            store = store.With($"{fixture.Registry.Host}/{name}", new() { Username = name, Password = "right" });
        }
        fixture.Options = new() { Credentials = store };

        var results = await fixture.ResolveAllAsync([.. names.Select(name => $"{name}:v1")]);

        Assert.All(results, result => Assert.True(result.IsOk, result.Message));
    }

    [Fact]
    public async Task The_refusals_of_one_workloads_secret_do_not_end_the_trials_of_anothers()
    {
        await using var fixture = await StartAsync(FakeAuthentication.Basic);
        fixture.Registry.Push("app-0", "v1", "app-0");
        string[] names = [.. Enumerable.Range(0, 9).Select(i => $"bad-{i}")];
        using var client = new RegistryClient(new(), fixture.Time);
        var bad = client.With(Wrong(fixture, names));
        var good = client.With(CredentialStore.Empty.With(
            fixture.Registry.Host, new() { Username = "app-0", Password = "right" }));

        await ResolveAsync(bad, fixture, names);
        var result = await ResolveAsync(good, fixture, ["app-0"]);

        Assert.True(result[0].IsOk, result[0].Message);
        Assert.Equal(9, Logins(fixture).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_user_has_three_passwords_for_an_image(FakeAuthentication kind)
    {
        await using var fixture = await StartAsync(kind);
        var store = CredentialStore.Empty;
        for (var i = 0; i < 5; i++)
            store = store.With(fixture.Registry.Host, new() { Username = "ann", Password = $"wrong-{i}" });
        fixture.Options = new() { Credentials = store };

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Equal(["ann:wrong-4", "ann:wrong-3", "ann:wrong-2"], Logins(fixture));
    }

    // The user of a service account is a constant: _json_key, oauth2accesstoken, AWS.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_stale_key_of_a_service_account_does_not_hide_a_good_one(FakeAuthentication kind)
    {
        await using var fixture = await StartAsync(kind);
        fixture.Registry.Push("team/web", "v1", "web");
        fixture.Options = new()
        {
            Credentials = CredentialStore.Empty
                .With(fixture.Registry.Host, new() { Username = "_json_key", Password = "right" })
                .With($"{fixture.Registry.Host}/team", new() { Username = "_json_key", Password = "stale-1" })
                .With($"{fixture.Registry.Host}/team/web", new() { Username = "_json_key", Password = "stale-2" }),
        };

        var result = Assert.Single(await fixture.ResolveAllAsync(["team/web:v1"]));

        Assert.True(result.IsOk, result.Message);
        Assert.Equal(["_json_key:stale-2", "_json_key:stale-1", "_json_key:right"], Logins(fixture).Distinct());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task For_an_image_eight_credentials_are_tried(FakeAuthentication kind)
    {
        await using var fixture = await StartAsync(kind);
        var store = CredentialStore.Empty;
        for (var i = 0; i < 20; i++)
            store = store.With(fixture.Registry.Host, new() { Username = $"ann-{i}", Password = "wrong" });
        fixture.Options = new() { Credentials = store };

        Assert.Equal(Verdict.Auth, (await fixture.ResolveAsync()).Verdict);
        Assert.Equal(Enumerable.Range(12, 8).Reverse().Select(i => $"ann-{i}:wrong"), Logins(fixture));
    }

    [Fact]
    public async Task No_more_are_on_the_way_than_may_be_refused()
    {
        var trials = new CredentialTrials();
        for (var i = 0; i < CredentialTrials.MaxRefused; i++)
            Assert.True(await trials.BeginAsync(TestContext.Current.CancellationToken));
        var ninth = trials.BeginAsync(TestContext.Current.CancellationToken);
        Assert.False(ninth.IsCompleted);

        trials.End(isRefused: false);
        Assert.True(await ninth);
        var tenth = trials.BeginAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < CredentialTrials.MaxRefused; i++)
            trials.End(isRefused: true);

        Assert.False(await tenth);
    }

    private static Task<RegistryFixture> StartAsync(FakeAuthentication kind) => RegistryFixture.StartAsync(
        new FakeRegistryOptions
        {
            Authentication = kind,
            Users = Enumerable.Range(0, 20).Select(i => $"app-{i}").Append("_json_key")
                .ToDictionary(user => user, _ => "right"),
            CanPull = (user, _) => user is not null,
        });

    private static CredentialStore Wrong(RegistryFixture fixture, IEnumerable<string> names) => names.Aggregate(
        CredentialStore.Empty,
        (store, name) => store.With(
            $"{fixture.Registry.Host}/{name}", new() { Username = $"{name}-user", Password = "wrong" }));

    private static Task<IReadOnlyList<Fetched<Digest>>> ResolveAsync(
        RegistryClient client, RegistryFixture fixture, IEnumerable<string> names) =>
        client.ResolveAsync(
            [.. names.Select(name => fixture.Image($"{name}:v1"))], TestContext.Current.CancellationToken);

    private static List<string> Logins(RegistryFixture fixture) =>
    [
        .. fixture.Requests.Concat(fixture.TokenRequests).Where(request => request.AuthKind == "Basic")
            .Select(request => Encoding.UTF8.GetString(
                Convert.FromBase64String(request.Authorization?["Basic ".Length..] ?? ""))),
    ];
}
