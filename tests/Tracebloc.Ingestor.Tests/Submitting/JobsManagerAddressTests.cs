using Tracebloc.Ingestor.Submitting;

namespace Tracebloc.Ingestor.Tests.Submitting;

/// <summary>A token leaves the machine by TLS, or stays inside the cluster.</summary>
public sealed class JobsManagerAddressTests
{
    [Theory]
    [InlineData("https://jobs.example.com")]
    [InlineData("https://jobs.example.com/base/")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://jobs-manager:8080")]
    [InlineData("http://jobs-manager.tracebloc.svc:8080")]
    [InlineData("http://jobs-manager.tracebloc.svc.cluster.local:8080/")]
    public void An_address_with_tls_or_inside_the_cluster_is_accepted(string text) =>
        Assert.Equal(new Uri(text), JobsManagerAddress.Parse(text).Address);

    [Theory]
    [InlineData("http://jobs.example.com", "would send the token to jobs.example.com without TLS")]
    [InlineData("http://jobs.svcs.example.com", "without TLS")]
    [InlineData("http://10.0.0.7:8080", "without TLS")]
    [InlineData("jobs-manager:8080", "is not an address")]
    [InlineData("ftp://jobs-manager", "is not an address")]
    [InlineData("https://user:secret@jobs.example.com", "is not an address")]
    [InlineData("https://jobs.example.com?a=b", "is not an address")]
    [InlineData("", "is not an address")]
    public void Any_other_is_rejected(string text, string fault)
    {
        var (address, found) = JobsManagerAddress.Parse(text);

        Assert.Null(address);
        Assert.Contains(fault, found);
    }

    [Fact]
    public void The_default_is_the_service_of_the_client_chart()
    {
        var address = JobsManagerAddress.In("edge");

        Assert.Equal("http://jobs-manager.edge.svc:8080/", address.ToString());
        Assert.Equal(address, JobsManagerAddress.Parse($"{address}").Address);
    }
}
