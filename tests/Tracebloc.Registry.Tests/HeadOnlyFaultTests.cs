using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Answers to HEAD that leave open whether the manifest is there.</summary>
public sealed class HeadOnlyFaultTests
{
    private static readonly FakeManifest Other = FakeManifest.Of(FakeManifest.OciIndex, "other");

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(206)]
    public async Task A_success_other_than_200_is_no_manifest(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(Other) with { Status = status, Body = default });

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none, GET none", fixture.Traffic);
    }

    [Theory]
    [InlineData(202)]
    [InlineData(204)]
    public async Task A_success_other_than_200_to_GET_too_is_invalid(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(Other) with { Status = status, Body = default });

        Assert.Equal(Verdict.Invalid, (await fixture.ResolveAsync()).Verdict);
    }

    [Theory]
    [InlineData(406)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task A_fault_that_may_be_of_HEAD_alone_is_worth_one_GET(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(status));

        fixture.AssertFound(await fixture.ResolveThroughWaitsAsync());

        Assert.Single(fixture.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task So_is_a_401_after_a_good_token()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(r => r is { Method: "HEAD", AuthKind: "Bearer" }, FakeReply.Of(401));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none, HEAD Bearer, HEAD Bearer, GET Bearer", fixture.Traffic);
        Assert.Equal(2, fixture.TokenRequests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(406)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task Where_pulls_are_counted_it_is_not(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(
            r => r is { Method: "HEAD", AuthKind: "Bearer" },
            FakeReply.Of(status).With("ratelimit-remaining", "76;w=21600"));

        Assert.False((await fixture.ResolveThroughWaitsAsync()).IsOk);

        Assert.DoesNotContain(fixture.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task The_one_GET_is_not_retried()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(500));

        var result = await fixture.ResolveThroughWaitsAsync();

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.Equal("HEAD none, HEAD none, HEAD none, GET none", fixture.Traffic);
    }

    [Fact]
    public async Task Trouble_that_the_registry_says_will_pass_is_waited_out_in_place_of_a_GET()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(500).With("Retry-After", "60"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Transient, result.Verdict);
        Assert.NotNull(result.RetryAt);
        Assert.Equal("HEAD none", fixture.Traffic);
    }
}
