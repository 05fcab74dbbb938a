using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Raw requests that fail.</summary>
public sealed class RawObjectTests : FeedFixture
{
    protected override KubernetesClientOptions Limits => new() { MaxRetries = 0, MaxResponseBytes = 16 * 1024 };

    [Fact]
    public async Task An_object_that_is_not_there_is_null() =>
        Assert.Null(await Client.GetRawAsync(Widgets.Type, "tracebloc", "a", Cancelled));

    [Fact]
    public async Task A_proxys_404_is_no_absent_object()
    {
        Api.Fail("get", "widgets", FakeFault.Raw(404, "<html>not here</html>"));

        Assert.True((await FailsAsync(() => GetAsync())).IsTypeNotServed);
    }

    [Fact]
    public async Task An_object_that_is_too_long_is_an_error()
    {
        Api.Add(Widgets.Some("a", new string('x', 20_000)));

        Assert.Contains("longer than 16384 bytes", (await FailsAsync(() => GetAsync())).Message);
    }

    [Fact]
    public async Task Identities_need_nothing_but_the_metadata()
    {
        Api.Add(Widgets.Some("a", new string('x', 20_000)));
        var identity = await ListAsync();

        Assert.Equal("a", Assert.Single(identity).Name);
        Assert.StartsWith("application/json; as=PartialObjectMetadataList;", Api.Calls[^1].Headers["Accept"]);
        Assert.Equal(1, Api.Count("list", "widgets"));
    }

    [Fact]
    public async Task A_list_of_identities_whose_place_is_forgotten_is_no_list()
    {
        Add("a", "b");
        Api.Fail(call => call.Query.ContainsKey("continue"), FakeFault.First(_ =>
        {
            Api.ForgetHistory();
            return Task.CompletedTask;
        }));

        Assert.True((await FailsAsync(ListAsync)).IsGone);
    }

    [Fact]
    public async Task A_list_with_an_object_that_has_no_uid_is_no_list()
    {
        Api.Fail("list", "widgets", FakeFault.Raw(200, """{"items":[{"metadata":{"name":"a"}}]}"""));

        Assert.Contains("has no uid", (await FailsAsync(ListAsync)).Message);
    }

    private Task GetAsync() => Client.GetRawAsync(Widgets.Type, "tracebloc", "a", Cancelled);

    private Task<List<ObjectIdentity>> ListAsync() => Client.ListIdentitiesAsync(
        Widgets.Type, null, new() { PageSize = 1 }, Cancelled).ToListAsync(Cancelled).AsTask();

    private static Task<KubernetesException> FailsAsync(Func<Task> call) =>
        Assert.ThrowsAsync<KubernetesException>(call);
}
