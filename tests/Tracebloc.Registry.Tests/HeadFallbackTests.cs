using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class HeadFallbackTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_registry_that_cannot_answer_HEAD_gets_one_GET(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.When(r => r.Method == "HEAD" && r.AuthKind == "Bearer", FakeReply.Of(status));

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none, HEAD Bearer, GET Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task A_missing_tag_is_not_found()
    {
        await using var fixture = await RegistryFixture.StartAsync();

        var result = await fixture.ResolveAsync("app:v2");

        Assert.Equal(Verdict.NotFound, result.Verdict);
        Assert.Contains("/v2/app/manifests/v2 answered 404 MANIFEST_UNKNOWN", result.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD none, HEAD Bearer, GET Bearer", fixture.Traffic);
    }

    [Fact]
    public async Task A_GET_that_is_denied_too_refuses_access()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(403, "{\"errors\":[{\"code\":\"DENIED\"}]}"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Auth, result.Verdict);
        Assert.Contains("403 DENIED", result.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD none, GET none", fixture.Traffic);
    }

    [Theory]
    [InlineData(304)]
    [InlineData(402)]
    [InlineData(418)]
    public async Task A_status_that_no_registry_should_send_is_invalid(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(_ => true, FakeReply.Of(status));

        Assert.Equal(Verdict.Invalid, (await fixture.ResolveAsync()).Verdict);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task No_GET_is_spent_when_no_pull_is_left()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(
            _ => true,
            FakeReply.Of(404).With("ratelimit-limit", "100;w=21600").With("ratelimit-remaining", "0;w=21600"));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Limited, result.Verdict);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task HEAD_goes_on_when_no_pull_is_left()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(
            _ => true,
            FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "first")).With("ratelimit-remaining", "0;w=21600"));

        fixture.AssertFound(await fixture.ResolveAsync());
        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal(0, fixture.Client.Statistics.RateLimits[fixture.Registry.Host].Remaining);
    }

    [Fact]
    public async Task A_manifest_of_a_hundred_megabytes_is_not_read_beyond_four()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(r => r.Method == "HEAD", FakeReply.Of(405));
        fixture.Registry.When(
            _ => true, FakeReply.Of(200) with { Body = new byte[1 << 20], ContentLength = 100 << 20 });

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Contains("4 MiB", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_length_is_cut_off_at_four_megabytes_too()
    {
        await using var server = RawServer.Start(async (connection, _) =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n");
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
            while (true)
                await connection.WriteAsync(new string(' ', 1 << 16));
        });
        using var client = new RegistryClient(new RegistryOptions(), new ManualTimeProvider());

        var results = await client.ResolveAsync(
            [ImageReference.Parse($"{server.Host}/app:v1")], TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Invalid, results[0].Verdict);
    }
}
