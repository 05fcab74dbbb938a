namespace Tracebloc.Hosting.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8080")]
    [InlineData("*:8080", "0.0.0.0:8080")]
    [InlineData("127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("localhost:65535", "127.0.0.1:65535")]
    [InlineData("[::]:8080", "[::]:8080")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    public void An_address_and_a_port_are_read(string text, string address)
    {
        Assert.True(ListenAddress.TryParse(text, out var read));
        Assert.Equal(address, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0:0")]
    [InlineData("0.0.0.0:65536")]
    [InlineData("::1:8080")]
    [InlineData("[::1]")]
    [InlineData("[0.0.0.0]:8080")]
    [InlineData("example.com:8080")]
    public void Anything_else_is_refused(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
