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
    [InlineData("", "docker.io/tracebloc/jobs-manager:prod")]
    [InlineData(
        "images: {jobsManager: {digest: '" + Pins.Digest + "'}}", "docker.io/tracebloc/jobs-manager@" + Pins.Digest)]
    [InlineData(
        "images: {requestsProxy: {digest: '" + Pins.Digest + "'}}", "docker.io/tracebloc/jobs-manager@" + Pins.Digest)]
    public async Task It_runs_the_image_of_jobs_manager(string values, string image) => Assert.Equal(
        image, (await Chart.Client.RenderAsync(values)).Deployment("acme-requests-proxy").Container("proxy").Image);

    [Fact]
    public async Task It_knows_the_key_that_jobs_manager_signs_with()
    {
        var chart = await Chart.Client.RenderAsync();

        Assert.Equal(
            chart.Deployment("acme-jobs-manager").Container("api").Variable("POD_TOKEN_SIGNING_SECRET").Json,
            chart.Deployment("acme-requests-proxy").Container("proxy").Variable("POD_TOKEN_SIGNING_SECRET").Json);
    }
}
