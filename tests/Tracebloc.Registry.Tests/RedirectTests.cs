using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task On_the_same_host_method_and_credentials_are_kept(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(
            r => r.Repository == "old" && r.AuthKind == "Bearer", FakeReply.Redirect(status, "/v2/app/manifests/v1"));

        fixture.AssertFound(await fixture.ResolveAsync("old:v1"));

        Assert.All(fixture.Requests, request => Assert.Equal("HEAD", request.Method));
        Assert.Equal("Bearer", fixture.Requests[^1].AuthKind);
    }

    [Fact]
    public async Task A_place_of_the_same_host_that_is_no_manifest_path_gets_the_token_too()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(
            r => r.Path == "/storage/x", FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "first")));
        fixture.Registry.When(r => r.AuthKind == "Bearer", FakeReply.Redirect(307, "/storage/x?signature=secret"));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("Bearer", fixture.Requests[^1].AuthKind);
    }

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task Another_host_gets_no_credentials_of_the_first(FakeAuthentication authentication)
    {
        var users = new Dictionary<string, string> { ["ann"] = "secret" };
        var options = new FakeRegistryOptions { Authentication = authentication, Users = users };
        await using var front = await RegistryFixture.StartAsync(options);
        await using var back = await RegistryFixture.StartAsync(FakeAuthentication.None);
        front.Options = RegistryFixture.With(front.Registry.Host, "ann", "secret");
        front.Registry.When(
            r => r.AuthKind != "none", FakeReply.Redirect(307, $"{back.Registry.Address}v2/app/manifests/v1"));

        back.AssertFound(await front.ResolveAsync());

        Assert.Equal("HEAD none", back.Traffic);
    }

    [Fact]
    public async Task Another_host_is_met_with_its_own_challenge_and_one_token_for_all()
    {
        await using var front = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var back = await RegistryFixture.StartAsync();
        back.Registry.Push("other", "v1", "other");
        front.Registry.When(_ => true, r => FakeReply.Redirect(307, $"{back.Registry.Address}{r.Path[1..]}"));

        var results = await front.ResolveAllAsync("app:v1", "other:v1");

        back.AssertFound(results[0]);
        Assert.True(results[1].IsOk, results[1].Message);
        Assert.InRange(back.TokenRequests.Count, 1, 2);
        Assert.Equal("Bearer", back.Requests[^1].AuthKind);
    }

    [Theory]
    [InlineData(FakeAuthentication.Basic)]
    [InlineData(FakeAuthentication.Token)]
    public async Task Another_host_gets_no_credentials_not_even_its_own(FakeAuthentication authentication)
    {
        await using var front = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var back = await StartPrivateAsync(authentication);
        front.Options = RegistryFixture.With(back.Registry.Host, "ann", "secret");
        front.Registry.When(_ => true, FakeReply.Redirect(302, $"{back.Registry.Address}v2/app/manifests/v1"));

        var result = await front.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Equal(
            $"credentials do not follow a redirect to another host; name {back.Registry.Host} in the image",
            Assert.Single(result.Warnings));
        Assert.DoesNotContain(back.Requests.Concat(back.TokenRequests), request => request.AuthKind == "Basic");
    }

    [Fact]
    public async Task Another_hosts_own_redirect_brings_no_credentials_back()
    {
        await using var front = await RegistryFixture.StartAsync(FakeAuthentication.None);
        await using var back = await StartPrivateAsync(FakeAuthentication.Basic);
        front.Options = RegistryFixture.With(back.Registry.Host, "ann", "secret");
        front.Registry.When(_ => true, FakeReply.Redirect(302, $"{back.Registry.Address}v2/hop/manifests/v1"));
        back.Registry.When(
            request => request.Repository == "hop", FakeReply.Redirect(302, "/v2/app/manifests/v1"));

        Assert.Equal(Verdict.Auth, (await front.ResolveAsync()).Verdict);

        Assert.All(back.Requests, request => Assert.Equal("none", request.AuthKind));
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_a_sixth_is_not()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        string[] hops = ["app", "hop1", "hop2", "hop3", "hop4", "hop5", "hop6"];
        foreach (var (to, from) in hops.Zip(hops.Skip(1)))
            fixture.Registry.When(r => r.Repository == from, FakeReply.Redirect(307, $"../../{to}/manifests/v1"));

        fixture.AssertFound(await fixture.ResolveAsync("hop5:v1"));
        Assert.Equal(Verdict.Invalid, (await fixture.ResolveAsync("hop6:v1")).Verdict);
    }

    [Fact]
    public async Task A_loop_ends()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Redirect(307, "/v2/app/manifests/v1"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains("more than 5 redirects", result.Message, StringComparison.Ordinal);
        Assert.Equal(6, fixture.Requests.Count);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "private address")]
    [InlineData("http://10.1.2.3/v2/app/manifests/v1", "private address")]
    [InlineData("http://[fd00::1]/v2/app/manifests/v1", "private address")]
    [InlineData("http://localhost:1/v2/app/manifests/v1", "private address")]
    [InlineData("http://registry.invalid/v2/app/manifests/v1", "not declared insecure")]
    [InlineData("file:///etc/passwd", "other than a web address")]
    [InlineData("", "without a target")]
    public async Task A_redirect_that_leads_astray_is_refused(string location, string reason)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(
            _ => true, location == "" ? FakeReply.Of(302) : FakeReply.Redirect(302, location));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Requests);
    }

    [Theory]
    [InlineData("http://registry.example/v2/app/manifests/v1", false)]
    [InlineData("https://registry.example/v2/app/manifests/v1", false)]
    [InlineData("https://registry.example:5000/v2/app/manifests/v1", true)]
    [InlineData("https://other.example/v2/app/manifests/v1", true)]
    public void A_redirect_to_https_stays_on_its_host_and_another_port_is_another_host(string location, bool isForeign)
    {
        var target = new ManifestTarget(new Uri("http://registry.example/v2/old/manifests/v1"), "old");

        Assert.Equal(isForeign, target.At(new Uri(location)).IsForeign);
        Assert.True((target with { IsForeign = true }).At(new Uri(location)).IsForeign);
    }

    private static Task<RegistryFixture> StartPrivateAsync(FakeAuthentication authentication) =>
        RegistryFixture.StartAsync(new FakeRegistryOptions
        {
            Authentication = authentication,
            Users = new Dictionary<string, string> { ["ann"] = "secret" },
            CanPull = (user, _) => user == "ann",
        });
}
