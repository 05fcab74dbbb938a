using Tracebloc.JobsManager.Access;
using Tracebloc.Kubernetes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Access;

public sealed class TokenReviewerTests : IAsyncLifetime
{
    private const string Account = "system:serviceaccount:tracebloc:ingestor";

    private readonly ManualTimeProvider _time = new();
    private FakeKubernetesApi? _api;
    private KubernetesClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private int Reviews => Api.Count("create", "tokenreviews");

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
    public async Task A_token_for_jobs_manager_takes_one_review()
    {
        Api.AddToken("t", Account, "jobs-manager", "other");

        Assert.Equal(new Caller("tracebloc", "ingestor"), await Reviewer().FindAsync("t", Token));
        Assert.Equal(1, Reviews);
        Assert.Equal("""["jobs-manager"]""", Api.Calls[0].Json!["spec"]!["audiences"]!.ToJsonString());
    }

    [Fact]
    public async Task A_token_for_the_API_server_is_accepted_too()
    {
        Api.AddToken("t", Account);

        Assert.NotNull(await Reviewer().FindAsync("t", Token));
        Assert.Equal(2, Reviews);
        Assert.Null(Api.Calls[1].Json!["spec"]!["audiences"]);
    }

    [Fact]
    public async Task A_token_for_another_service_is_not_accepted()
    {
        Api.AddToken("t", Account, "vault");

        Assert.Null(await Reviewer().FindAsync("t", Token));
    }

    // A server that ignores audiences would accept a token that was made for another service.
    [Fact]
    public async Task An_answer_for_another_audience_is_not_accepted()
    {
        var foreign = FakeFault.Raw(
            201, $$$"""{"status":{"authenticated":true,"user":{"username":"{{{Account}}}"},"audiences":["vault"]}}""");
        Api.Fail("create", "tokenreviews", foreign);

        Assert.Null(await Reviewer().FindAsync("t", Token));
    }

    [Theory]
    [InlineData("jane")]
    [InlineData("system:node:a")]
    [InlineData("system:serviceaccount:tracebloc")]
    [InlineData("system:serviceaccount:tracebloc:a:b")]
    [InlineData("system:serviceaccount::a")]
    public async Task Only_service_accounts_are_callers(string user)
    {
        Api.AddToken("t", user, "jobs-manager");

        Assert.Null(await Reviewer().FindAsync("t", Token));
    }

    [Fact]
    public async Task An_answer_is_kept_for_half_a_minute()
    {
        Api.AddToken("t", Account, "jobs-manager");
        var reviewer = Reviewer();
        await reviewer.FindAsync("t", Token);
        Api.RemoveToken("t");

        _time.Advance(TokenAuthenticator.Life - TimeSpan.FromTicks(1));
        Assert.NotNull(await reviewer.FindAsync("t", Token));
        Assert.Equal(1, Reviews);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await reviewer.FindAsync("t", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u00e4")]
    public async Task A_text_that_is_no_token_is_never_sent(string token)
    {
        Assert.Null(await Reviewer().FindAsync(token, Token));
        Assert.Null(await Reviewer().FindAsync(new string('a', 9000), Token));
        Assert.Equal(0, Reviews);
    }

    [Fact]
    public async Task A_failure_of_the_API_server_is_no_answer()
    {
        Api.AddToken("t", Account, "jobs-manager");
        Api.Fail("create", "tokenreviews", FakeFault.Status(500));
        var reviewer = Reviewer();

        await Assert.ThrowsAsync<KubernetesException>(() => reviewer.FindAsync("t", Token));
        Assert.NotNull(await reviewer.FindAsync("t", Token));
    }

    private TokenReviewer Reviewer() => new(_client ?? throw new InvalidOperationException("not started"), _time);
}
