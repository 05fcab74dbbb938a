using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private FakeKubernetesApi? _api;
    private KubernetesClient? _client;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private AccessApi Access => new(_client ?? throw new InvalidOperationException("not started"));

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(
            new() { Time = _time, LongestToken = TimeSpan.FromHours(1) }, Cancelled);
        _api.Add("""{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "ingestor"}}""");
        _client = new(new() { Server = _api.Address, Token = _api.Token }, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Api.DisposeAsync();
    }

    [Fact]
    public async Task A_token_is_asked_for_with_its_audience_and_never_printed()
    {
        var token = await Access.CreateTokenAsync(
            "tracebloc", "ingestor", "jobs-manager", TimeSpan.FromMinutes(20), Cancelled);

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(20), token.Expires);
        Assert.DoesNotContain(token.Token.Reveal(), token.ToString());
        var call = Assert.Single(Api.Calls);
        Assert.Equal("create serviceaccounts/token/ingestor", call.ToString());
        Assert.Equal(
            """
            {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",
            "spec":{"audiences":["jobs-manager"],"expirationSeconds":1200}}
            """.ReplaceLineEndings(""), call.Body);
    }

    [Fact]
    public async Task The_expiry_is_the_one_that_the_server_grants()
    {
        var token = await Access.CreateTokenAsync("tracebloc", "ingestor", null, TimeSpan.FromDays(7), Cancelled);

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1), token.Expires);
    }

    [Fact]
    public async Task A_missing_right_names_the_part()
    {
        Api.Deny("create", "serviceaccounts/token");
        var error = await FailsAsync(
            Access.CreateTokenAsync("tracebloc", "ingestor", null, TimeSpan.FromHours(1), Cancelled));

        Assert.StartsWith(
            "POST serviceaccounts/token of ingestor in tracebloc: serviceaccounts \"ingestor\" is forbidden",
            error.Message);
        Assert.EndsWith("grant verb \"create\" on \"serviceaccounts/token\" of the core API group in a Role in "
            + "namespace tracebloc", error.Message);
    }

    [Theory]
    [InlineData("""{"status": {"expirationTimestamp": "2026-01-02T03:04:05Z"}}""")]
    [InlineData("""{"status": {"token": "x"}}""")]
    [InlineData("{}")]
    public async Task An_answer_without_a_token_is_an_error(string answer)
    {
        Api.Fail("create", "serviceaccounts/token", FakeFault.Raw(201, answer));

        Assert.Contains("the answer has no token with an expiry", (await FailsAsync(
            Access.CreateTokenAsync("tracebloc", "ingestor", null, TimeSpan.FromHours(1), Cancelled))).Message);
    }

    [Fact]
    public async Task A_question_is_answered_for_the_part_and_the_name()
    {
        Api.Deny("get", "pods/exec");
        Api.Deny("get", "secrets", "one");
        var exec = new AccessQuestion("get", ResourceType.Pods, "tracebloc") { Subresource = "exec" };
        var secret = new AccessQuestion("get", ResourceType.Secrets, "tracebloc");

        Assert.Equal(AccessVerdict.Denied, (await Access.CanIAsync(exec, Cancelled)).Verdict);
        Assert.True((await Access.CanIAsync(exec with { Subresource = null }, Cancelled)).IsAllowed);
        Assert.True((await Access.CanIAsync(secret, Cancelled)).IsAllowed);
        Assert.False((await Access.CanIAsync(secret with { Name = "one" }, Cancelled)).IsAllowed);
        Assert.Equal(
            """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":
            {"namespace":"tracebloc","verb":"get","group":"","version":"v1","resource":"pods","subresource":"exec"}}}
            """.ReplaceLineEndings(""), Api.Calls[0].Body);
    }

    [Fact]
    public async Task A_no_beside_a_failure_is_not_certain()
    {
        Api.Deny("get", "pods");
        Api.FailReviews("webhook timed out");
        var question = new AccessQuestion("get", ResourceType.Pods, "tracebloc");

        Assert.Equal(
            new AccessAnswer(AccessVerdict.Unknown, "webhook timed out"),
            await Access.CanIAsync(question, Cancelled));
        Assert.True((await Access.CanIAsync(question with { Verb = "list" }, Cancelled)).IsAllowed);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(501)]
    public async Task A_question_without_an_answer_is_an_error_and_no_no(int code)
    {
        Api.Fail("create", "selfsubjectaccessreviews", FakeFault.Status(code));
        var question = new AccessQuestion("get", ResourceType.Pods, "tracebloc");

        Assert.Equal(code, (await FailsAsync(Access.CanIAsync(question, Cancelled))).Code);
    }

    [Fact]
    public async Task An_answer_without_a_status_is_an_error_and_no_no()
    {
        Api.Fail("create", "selfsubjectaccessreviews", FakeFault.Raw(201, "{}"));

        Assert.Contains("the answer has no status", (await FailsAsync(
            Access.CanIAsync(new AccessQuestion("get", ResourceType.Pods, null), Cancelled))).Message);
    }

    private static Task<KubernetesException> FailsAsync(Task call) =>
        Assert.ThrowsAsync<KubernetesException>(() => call);
}
