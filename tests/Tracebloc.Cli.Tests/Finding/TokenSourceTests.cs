using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class TokenSourceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_made_for_jobs_manager_alone_and_lives_for_an_hour()
    {
        var time = new ManualTimeProvider();
        await using var scene = await SceneAsync(new() { Time = time });

        var token = await GetAsync(scene);

        var call = Assert.Single(scene.Api.Calls, call => call.Resource == "serviceaccounts/token");
        Assert.Equal("ingestor", call.Name);
        Assert.Equal("""["jobs-manager"]""", call.Json!["spec"]!["audiences"]!.ToJsonString());
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1), token.Expires);
        Assert.Equal(("ingestor", null), (token.Account, token.Secret));
        Assert.Equal(0, scene.Api.Count("list", "secrets"));
    }

    [Fact]
    public async Task The_expiry_is_the_granted_one()
    {
        var time = new ManualTimeProvider();
        await using var scene = await SceneAsync(new() { Time = time, LongestToken = TimeSpan.FromMinutes(12) });

        Assert.Equal(time.GetUtcNow() + TimeSpan.FromMinutes(12), (await GetAsync(scene)).Expires);
    }

    [Fact]
    public async Task Without_the_right_to_make_one_the_token_of_a_Secret_is_taken()
    {
        var canary = Canary.New("token");
        await using var scene = await SceneAsync();
        scene.Api.Deny("create", "serviceaccounts/token");
        scene.Api.Add(Manifests.TokenSecret("another", "someone-else", "x"));
        scene.Api.Add(Manifests.TokenSecret("ingestor-token", "ingestor", canary.Value));

        var token = await GetAsync(scene);

        Assert.Equal(("ingestor-token", null), (token.Secret, token.Expires));
        Assert.Equal(canary.Value, token.Value.Reveal());
        Assert.DoesNotContain(canary.Value, $"{token} {token.Value}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_causes_and_both_remedies_are_named()
    {
        await using var scene = await SceneAsync();
        scene.Api.Deny("create", "serviceaccounts/token");
        scene.Api.Deny("list", "secrets");

        var fault = await Assert.ThrowsAsync<CliException>(() => GetAsync(scene));

        Assert.Equal(CliExit.NotPermitted, fault.ExitCode);
        Assert.StartsWith(
            "Token of service account ingestor in namespace tracebloc", fault.Message, StringComparison.Ordinal);
        Assert.Contains("cannot create resource \"serviceaccounts/token\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("cannot list resource \"secrets\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Permission.CreateTokens.Rule, fault.Message, StringComparison.Ordinal);
        Assert.Contains("ingestionAuthz.tokenSecret=true", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Permission.ListSecrets.Rule, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_named()
    {
        await using var scene = await SceneAsync();

        var fault = await Assert.ThrowsAsync<CliException>(() => GetAsync(scene, "ghost"));

        Assert.Contains("serviceaccounts \"ghost\" not found", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no Secret of type", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_not_masked_by_a_Secret()
    {
        await using var scene = await SceneAsync();
        scene.Api.Add(Manifests.TokenSecret("ingestor-token", "ingestor", "x"));
        scene.Api.Fail("create", "serviceaccounts/token", FakeFault.Status(500, "InternalError"));

        await Assert.ThrowsAsync<KubernetesException>(() => GetAsync(scene));

        Assert.Equal(0, scene.Api.Count("list", "secrets"));
    }

    private static async Task<Scene> SceneAsync(FakeKubernetesApiOptions? options = null) =>
        (await Scene.StartAsync(Cancelled, options is null ? null : options with { User = "ada" })).With();

    private static Task<SubmissionToken> GetAsync(Scene scene, string account = "ingestor") =>
        new TokenSource(scene.Open().Client, Scene.Namespace).GetAsync(account, Cancelled);
}
