using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class RequestBudgetTests
{
    [Fact]
    public async Task Without_authentication_an_image_costs_one_HEAD()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task The_same_image_is_asked_for_once()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);

        var results = await fixture.ResolveAllAsync("app:v1", "app:v1", "app:v1");

        Assert.All(results, fixture.AssertFound);
        Assert.Single(fixture.Requests);
    }

    [Fact]
    public async Task A_second_call_asks_with_the_token_at_once()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        await fixture.ResolveAsync();
        fixture.Registry.ClearRequests();

        fixture.AssertFound(await fixture.ResolveAsync());

        Assert.Equal("HEAD Bearer", fixture.Traffic);
        Assert.Empty(fixture.TokenRequests);
    }

    [Fact]
    public async Task Results_come_in_the_order_of_the_images()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var digests = Enumerable.Range(0, 40).Select(i => fixture.Registry.Push($"app-{i}", "v1", $"{i}")).ToArray();

        var results = await fixture.ResolveAllAsync([.. digests.Select((_, i) => $"app-{i}:v1")]);

        Assert.Equal(digests, results.Select(result => result.Value?.ToString()));
        Assert.Single(fixture.TokenRequests);
    }
}
