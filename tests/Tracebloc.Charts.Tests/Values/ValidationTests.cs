using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>Values that exclude or require each other, which a schema cannot express.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("clientId: ''", "clientId is empty")]
    [InlineData("clientPassword: ''", "clientPassword is empty")]
    [InlineData("clientId: <YOUR-ID>", "clientId is still a placeholder")]
    [InlineData(
        "podTokenSigningSecret: 0123456789abcdef0123456789abcde", "podTokenSigningSecret is shorter than 32 bytes")]
    [InlineData("existingSecret: tracebloc-client", "clientId and existingSecret exclude each other")]
    [InlineData("dockerRegistry: {create: true, username: robot}", "dockerRegistry.password is empty")]
    [InlineData(
        "dockerRegistry: {create: true, username: a, password: b, existingSecret: c}",
        "dockerRegistry.create and dockerRegistry.existingSecret exclude each other")]
    [InlineData("env: {HTTP_PROXY_PORT: '3128'}", "env.HTTP_PROXY_PORT needs env.HTTP_PROXY_HOST")]
    [InlineData("env: {HTTP_PROXY_HOST: a, HTTP_PROXY_PASSWORD: b}",
        "HTTP_PROXY_PASSWORD needs env.HTTP_PROXY_USERNAME")]
    [InlineData("imageRefresh: {image: {tag: latest}}", "the tag of imageRefresh is latest")]
    [InlineData("images: {ingestor: {tag: latest}}", "the tag of ingestor is latest")]
    [InlineData("images: {mysqlClient: {tag: latest}}", "the tag of mysqlClient is latest")]
    [InlineData(
        "{imageRefresh: {credentials: {pullSecrets: [a]}}, dockerRegistry: {existingSecret: b}}",
        "imageRefresh.credentials.pullSecrets has no effect beside the secret of dockerRegistry")]
    [InlineData("imageRefresh: {policy: {ignoreOtherPlatforms: true}}", "needs imageRefresh.policy.platforms")]
    [InlineData("{clusterScope: false, imageRefresh: {policy: {platforms: nodes}}}", "nodes needs clusterScope")]
    [InlineData("storageClass: {create: true}", "storageClass.provisioner is empty")]
    [InlineData("storageClass: {create: false, name: ''}", "storageClass.name is empty")]
    [InlineData("networkPolicy: {training: {clusterCidrs: []}}", "networkPolicy.training.clusterCidrs is empty")]
    public async Task It_is_refused(string values, string problem) =>
        Assert.Contains(problem, await Chart.Client.RefusalAsync(values));

    /// <summary>The length is one of bytes, by RFC 7518, section 3.2; beside a Secret the key is idle.</summary>
    [Theory]
    [InlineData("podTokenSigningSecret: 0123456789abcdef0123456789abcdef")]
    [InlineData("podTokenSigningSecret: ääääääääääääääää")]
    [InlineData("{existingSecret: own, clientId: '', clientPassword: '', podTokenSigningSecret: short}")]
    public async Task A_signing_key_that_is_long_enough_or_idle_is_accepted(string values) =>
        Assert.NotEmpty((await Chart.Client.RenderAsync(values)).Manifests);

    [Fact]
    public async Task Every_problem_is_said_at_once()
    {
        var refusal = await Chart.Client.RefusalAsync("{clientId: '', storageClass: {create: true}}");

        Assert.Contains("clientId is empty", refusal);
        Assert.Contains("storageClass.provisioner is empty", refusal);
    }

    [Theory]
    [InlineData("env: {HTTP_PROXY_HOST: a, HTTP_PROXY_USERNAME: b, HTTP_PROXY_PASSWORD: s3cret, HTTP_PROXY_PORT: x}")]
    [InlineData("{clientPassword: s3cret, clientId: ''}")]
    [InlineData("podTokenSigningSecret: s3cret")]
    [InlineData("dockerRegistry: {create: true, password: s3cret}")]
    public async Task A_refusal_never_repeats_a_secret(string values) =>
        Assert.DoesNotContain("s3cret", await Chart.Client.RefusalAsync(values));
}
