using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A service that takes its callers' tokens to the API server.</summary>
public sealed class CallerReviewTests : IAsyncLifetime
{
    private static readonly AccessQuestion Question = new(
        "get", new ResourceType("michelangelo.api", "v2", "models", "Model"), "team-a")
    { Name = "m" };

    private readonly ManualTimeProvider _time = new();
    private FakeKubernetesApi? _api;
    private KubernetesClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private KubernetesClient Client => _client ?? throw new InvalidOperationException("not started");

    private int Questions => Api.Count("create", "subjectaccessreviews");

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(cancellationToken: Token);
        _client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = Api.Address, Token = Api.Token }, TimeProvider.System,
            new KubernetesClientOptions { MaxRetries = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Api.DisposeAsync();
    }

    [Fact]
    public async Task The_owner_of_a_token_comes_with_groups_and_uid()
    {
        Api.AddToken("t", "jane", "metadata-sync");

        var user = await new TokenAuthenticator(Client, _time, "metadata-sync").FindAsync("t", Token);

        Assert.NotNull(user);
        Assert.Equal(("jane", "d1a2"), (user.Name, user.Uid));
        Assert.Equal(["system:serviceaccounts", "system:authenticated"], user.Groups);
    }

    [Fact]
    public async Task The_extra_values_of_a_user_are_part_of_the_question()
    {
        var review = FakeFault.Raw(
            201,
            """{"status":{"authenticated":true,"user":{"username":"jane","extra":{"scopes":["read","write"]}}}}""");
        Api.Fail("create", "tokenreviews", review);
        var user = await new TokenAuthenticator(Client, _time, "metadata-sync").FindAsync("t", Token);

        Assert.NotNull(user);
        Assert.True((await Authorizer().MayAsync(user, Question, Token)).IsAllowed);
        var asked = Api.Calls.Single(call => call.Resource == "subjectaccessreviews").Json?["spec"];
        Assert.Equal(
            """
            {"user":"jane","groups":[],"extra":{"scopes":["read","write"]},
            "resourceAttributes":{"namespace":"team-a","verb":"get","group":"michelangelo.api","version":"v2",
            "resource":"models","name":"m"}}
            """.ReplaceLineEndings(""),
            asked?.ToJsonString());
    }

    [Fact]
    public async Task A_right_that_is_missing_is_no_right()
    {
        Api.Deny("get", "models");

        Assert.Equal(AccessVerdict.Denied, (await AskAsync(Authorizer(), "jane")).Verdict);
    }

    [Fact]
    public async Task An_answer_is_kept_for_ten_seconds_and_for_its_user_only()
    {
        var authorizer = Authorizer();
        Assert.True((await AskAsync(authorizer, "jane")).IsAllowed);
        Api.Deny("get", "models");

        Assert.False((await AskAsync(authorizer, "mary")).IsAllowed);
        _time.Advance(AccessAuthorizer.Life - TimeSpan.FromTicks(1));
        Assert.True((await AskAsync(authorizer, "jane")).IsAllowed);
        Assert.Equal(2, Questions);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False((await AskAsync(authorizer, "jane")).IsAllowed);
    }

    [Fact]
    public async Task Another_object_is_another_question()
    {
        var authorizer = Authorizer();
        await authorizer.MayAsync(new KubernetesUser("jane"), Question, Token);
        await authorizer.MayAsync(new KubernetesUser("jane"), Question with { Name = "n" }, Token);
        await authorizer.MayAsync(new KubernetesUser("jane") { Groups = ["admins"] }, Question, Token);

        Assert.Equal(3, Questions);
    }

    [Fact]
    public async Task A_failure_of_the_API_server_is_no_answer_and_is_not_kept()
    {
        Api.Fail("create", "subjectaccessreviews", FakeFault.Status(500));
        var authorizer = Authorizer();

        await Assert.ThrowsAsync<KubernetesException>(() => AskAsync(authorizer, "jane"));
        Assert.True((await AskAsync(authorizer, "jane")).IsAllowed);
    }

    private AccessAuthorizer Authorizer() => new(Client, _time);

    private static Task<AccessAnswer> AskAsync(AccessAuthorizer authorizer, string user) =>
        authorizer.MayAsync(new KubernetesUser(user), Question, Token);
}
