namespace Tracebloc.Registry.Tests;

public sealed class MovingTagTests
{
    [Fact]
    public async Task A_pushed_image_is_seen_and_so_is_the_way_back()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        await fixture.ResolveAsync();

        var second = fixture.Registry.Push("app", "v1", "second");
        Assert.Equal(second, (await fixture.ResolveAsync()).Value?.ToString());

        fixture.Registry.Move("app", "v1", fixture.Digest);
        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task A_deleted_tag_is_not_found_until_it_is_pushed_again()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.AssertFound(await fixture.ResolveAsync());

        fixture.Registry.Delete("app", "v1");
        Assert.Equal(Verdict.NotFound, (await fixture.ResolveAsync()).Verdict);

        fixture.Registry.Push("app", "v1", "first");
        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task A_tag_with_a_digest_is_polled_by_the_tag()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var second = fixture.Registry.Push("app", "v1", "second");

        Assert.Equal(second, (await fixture.ResolveAsync($"app:v1@{fixture.Digest}")).Value?.ToString());

        Assert.All(fixture.Requests, request => Assert.Equal("v1", request.Reference));
    }

    [Fact]
    public async Task A_digest_alone_is_asked_for_as_it_is()
    {
        await using var fixture = await RegistryFixture.StartAsync();

        fixture.AssertFound(await fixture.ResolveAsync($"app@{fixture.Digest}"));
    }
}
