using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>Values that exclude or require each other, which a schema cannot express.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("clientId: ''", "clientId is empty")]
    [InlineData("clientPassword: ''", "clientPassword is empty")]
    [InlineData("clientId: <YOUR-ID>", "clientId is still a placeholder")]
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
    [InlineData("dockerRegistry: {create: true, password: s3cret}")]
    public async Task A_refusal_never_repeats_a_secret(string values) =>
        Assert.DoesNotContain("s3cret", await Chart.Client.RefusalAsync(values));
}
