using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class RequestsProxyTests
{
    [Fact]
    public async Task It_is_reached_as_requests_proxy_service_on_8888()
    {
        var service = (await Chart.Client.RenderAsync()).Find("Service", "requests-proxy-service");

        Assert.Equal("8888", Assert.Single(service.At("spec.ports").Items)["port"].Text);
    }

    [Theory]
    [InlineData("", "ghcr.io/tracebloc/jobs-manager:prod")]
    [InlineData(
        "images: {jobsManager: {digest: '" + Pins.Digest + "'}}", "ghcr.io/tracebloc/jobs-manager@" + Pins.Digest)]
    [InlineData(
        "images: {requestsProxy: {digest: '" + Pins.Digest + "'}}", "ghcr.io/tracebloc/jobs-manager@" + Pins.Digest)]
    public async Task It_runs_the_image_of_jobs_manager(string values, string image) => Assert.Equal(
        image, (await Chart.Client.RenderAsync(values)).Deployment("acme-requests-proxy").Container("proxy").Image);

    [Fact]
    public async Task It_serves_as_the_proxy_and_is_probed_by_http()
    {
        var proxy = await ProxyAsync();

        Assert.Equal(["proxy"], proxy.Arguments);
        Assert.Equal("0.0.0.0:8888", proxy.Value("LISTEN"));
        Assert.Equal("/healthz", proxy.Probed("livenessProbe"));
        Assert.Equal("/readyz", proxy.Probed("readinessProbe"));
    }

    /// <summary>The names that its program reads.</summary>
    [Fact]
    public async Task Its_environment_is_what_its_program_reads()
    {
        var proxy = await ProxyAsync("env: {BACKEND_URL: 'https://api.example.com', LOG_LEVEL: Debug, GPU_LIMITS: a}");

        Assert.Equal(
            [
                "LISTEN", "CLIENT_ENV", "CLIENT_ID", "CLIENT_PASSWORD", "POD_TOKEN_SIGNING_SECRET",
                "POD_TOKEN_TTL_SECONDS", "BACKEND_URL", "LOG_LEVEL",
            ],
            proxy.Env.Select(entry => entry["name"].Text));
        Assert.Equal("https://api.example.com", proxy.Value("BACKEND_URL"));
    }

    /// <summary>A proxy that opens TLS presents the backend with a certificate of the company's.</summary>
    [Fact]
    public async Task It_trusts_the_authorities_of_ca_bundle()
    {
        var deployment = (await Chart.Client.RenderAsync("caBundle: company-authorities"))
            .Deployment("acme-requests-proxy");
        var proxy = deployment.Container("proxy");
        var mount = proxy.Mounts.Single(one => one["name"].Text == "ca");

        Assert.Equal($"{mount["mountPath"].Text}/ca.crt", proxy.Value("BACKEND_CA_FILE"));
        Assert.Equal(
            "company-authorities",
            deployment.Volumes.Single(volume => volume["name"].Text == "ca").At("configMap.name").Text);
        Assert.False((await ProxyAsync()).Variable("BACKEND_CA_FILE").Exists);
    }

    [Theory]
    [InlineData("CLIENT_ID", "acme-secrets", "")]
    [InlineData("CLIENT_PASSWORD", "acme-secrets", "")]
    [InlineData(
        "CLIENT_PASSWORD", "tracebloc-client",
        "{existingSecret: tracebloc-client, clientId: '', clientPassword: '', podTokenSigningSecret: ''}")]
    public async Task The_clients_credentials_come_by_reference(string variable, string secret, string values)
    {
        var reference = (await ProxyAsync(values)).Variable(variable).At("valueFrom.secretKeyRef");

        Assert.Equal((secret, variable), (reference["name"].Text, reference["key"].Text));
    }

    [Fact]
    public async Task It_knows_the_key_that_jobs_manager_signs_with()
    {
        var chart = await Chart.Client.RenderAsync();

        Assert.Equal(
            chart.Deployment("acme-jobs-manager").Container("api").Variable("POD_TOKEN_SIGNING_SECRET").Json,
            chart.Deployment("acme-requests-proxy").Container("proxy").Variable("POD_TOKEN_SIGNING_SECRET").Json);
    }

    private static async Task<Container> ProxyAsync(string values = "") =>
        (await Chart.Client.RenderAsync(values)).Deployment("acme-requests-proxy").Container("proxy");
}
