namespace Tracebloc.Net.Tests;

/// <summary>Addresses that a registry may not send this client to.</summary>
public sealed class NetworkAddressTests
{
    private static readonly Uri Origin = new("https://registry.example.com");

    [Theory]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://192.0.0.192")]
    [InlineData("http://[64:ff9b::169.254.169.254]")]
    [InlineData("http://[64:ff9b::a00:1]")]
    [InlineData("http://[64:ff9b::7f00:1]")]
    [InlineData("http://[::ffff:192.0.0.192]")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://localhost")]
    public void An_internal_address_is_off_limits(string url) =>
        Assert.True(NetworkAddress.IsOffLimits(new Uri(url), Origin));

    [Theory]
    [InlineData("http://192.0.2.1")]
    [InlineData("http://192.1.0.192")]
    [InlineData("http://[64:ff9b::808:808]")]
    [InlineData("http://[64:ff9c::a00:1]")]
    [InlineData("http://other.example.com")]
    public void A_public_address_is_not(string url) =>
        Assert.False(NetworkAddress.IsOffLimits(new Uri(url), Origin));

    [Fact]
    public void A_gateways_address_is_not_this_machine() =>
        Assert.False(NetworkAddress.IsLoopback(new Uri("http://[64:ff9b::7f00:1]")));
}
