using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Net.Tests;

public sealed class NoProxyTests
{
    [Theory]
    [InlineData("*", "https://ghcr.io")]
    [InlineData("example.org, * ", "https://ghcr.io")]
    [InlineData("example.com", "https://example.com")]
    [InlineData("example.com", "https://EXAMPLE.com:5000")]
    [InlineData("Example.Com", "https://example.com")]
    [InlineData("example.com", "https://reg.example.com")]
    [InlineData("example.com", "https://a.b.example.com")]
    [InlineData(".example.com", "https://reg.example.com")]
    [InlineData("*.example.com", "https://reg.example.com")]
    [InlineData("*.example.com", "https://a.b.example.com")]
    [InlineData("example.com:5000", "https://example.com:5000")]
    [InlineData("example.com:5000", "https://reg.example.com:5000")]
    [InlineData("example.com:443", "https://example.com")]
    [InlineData("example.com:80", "http://example.com")]
    [InlineData("*.example.com:443", "https://reg.example.com")]
    [InlineData("a.io,,  ,b.io", "https://b.io")]
    [InlineData("registry", "https://registry:5000")]
    [InlineData("10.96.0.0/12", "https://10.96.0.1")]
    [InlineData("10.96.0.0/12", "https://10.111.255.255:6443")]
    [InlineData("10.96.17.4/12", "https://10.100.0.1")]
    [InlineData("0.0.0.0/0", "https://8.8.8.8")]
    [InlineData("2001:db8::/32", "https://[2001:db8:1::1]")]
    [InlineData("192.168.1.1", "https://192.168.1.1:5000")]
    [InlineData("192.168.1.1:5000", "https://192.168.1.1:5000")]
    [InlineData("192.168.1.1", "https://[::ffff:192.168.1.1]")]
    [InlineData("2001:db8::1", "https://[2001:db8::1]:5000")]
    [InlineData("2001:0db8:0::1", "https://[2001:db8::1]")]
    [InlineData("[2001:db8::1]", "https://[2001:db8::1]")]
    [InlineData("[2001:db8::1]:5000", "https://[2001:db8::1]:5000")]
    [InlineData(null, "http://localhost:5000")]
    [InlineData(null, "https://LOCALHOST")]
    [InlineData(null, "http://127.0.0.1:5000")]
    [InlineData(null, "http://127.8.8.8")]
    [InlineData(null, "http://[::1]:5000")]
    [InlineData(null, "http://[::ffff:127.0.0.1]")]
    public void Go_connects_directly(string? noProxy, string destination) =>
        Assert.Null(Proxy(noProxy, destination));

    [Theory]
    [InlineData(null, "https://ghcr.io")]
    [InlineData("", "https://ghcr.io")]
    [InlineData("example.com", "https://badexample.com")]
    [InlineData("example.com", "https://example.com.evil.org")]
    [InlineData("reg.example.com", "https://example.com")]
    [InlineData(".example.com", "https://example.com")]
    [InlineData("*.example.com", "https://example.com")]
    [InlineData("example.com:5000", "https://example.com")]
    [InlineData("example.com:443", "http://example.com")]
    [InlineData("*.io", "https://10.0.0.1")]
    [InlineData("ghcr.*", "https://ghcr.io")]
    [InlineData("a.io b.io", "https://b.io")]
    [InlineData(":443", "https://ghcr.io")]
    [InlineData("*.", "https://ghcr.io")]
    [InlineData("10.96.0.0/12", "https://10.112.0.1")]
    [InlineData("10.96.0.0/12", "https://10-96-0-1.example.com")]
    [InlineData("10.96.0.0/33", "https://10.96.0.0")]
    [InlineData("10.96.0.0/12:443", "https://10.96.0.1")]
    [InlineData("10/8", "https://10.0.0.1")]
    [InlineData("10.1", "https://10.0.0.1")]
    [InlineData("010.0.0.1", "https://8.0.0.1")]
    [InlineData("0.0.0.0/0", "https://[2001:db8::1]")]
    [InlineData("192.168.1.1:5000", "https://192.168.1.1")]
    [InlineData("192.168.1.1", "https://192.168.1.10")]
    [InlineData("[2001:db8::1]:5000", "https://[2001:db8::1]")]
    [InlineData("2001:db8::1", "https://[2001:db8::2]")]
    [InlineData("localhost", "https://notlocalhost")]
    public void Go_asks_the_proxy(string? noProxy, string destination) =>
        Assert.Equal("proxy", Proxy(noProxy, destination)?.Host);

    [Theory]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("*.,")]
    [InlineData("10.0.0.0/8,")]
    [InlineData("[")]
    [InlineData(":")]
    [InlineData("/")]
    [InlineData("1.")]
    [InlineData(" ")]
    public void The_worst_megabyte_takes_twice_what_its_half_does(string repeated)
    {
        string Text(int length) => new StringBuilder().Insert(0, repeated, length / repeated.Length).ToString();

        var (half, whole) = (Allocations.Of(Text(1 << 19), Read), Allocations.Of(Text(1 << 20), Read));

        Assert.InRange(whole, 0, (half * 3) + (1 << 16));
        Assert.InRange(whole, 0, 256L << 20);
    }

    private static void Read(string text) => NoProxyList.Parse(text).Covers(new Uri("https://ghcr.io"));

    private static Uri? Proxy(string? noProxy, string destination) => ProxySettings
        .FromEnvironment(name => name is "HTTP_PROXY" or "HTTPS_PROXY" ? "proxy" : name == "NO_PROXY" ? noProxy : null)?
        .GetProxy(new Uri(destination));
}
