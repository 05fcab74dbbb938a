using System.Net;

namespace Tracebloc.Net.Tests;

public sealed class ProxySettingsTests
{
    private static readonly Uri Hub = new("https://registry-1.docker.io/v2/");

    [Fact]
    public void Without_a_proxy_there_are_no_settings()
    {
        Assert.Null(ProxySettings.FromEnvironment(_ => null));
        Assert.Null(ProxySettings.FromEnvironment(_ => ""));
        Assert.Null(From(("NO_PROXY", "*"), ("ALL_PROXY", "http://proxy:3128")));
    }

    [Theory]
    [InlineData("http://proxy:3128", "http://proxy:3128/")]
    [InlineData("https://proxy.corp", "https://proxy.corp/")]
    [InlineData("proxy:3128", "http://proxy:3128/")]
    [InlineData("proxy.corp", "http://proxy.corp/")]
    [InlineData("10.0.0.1:3128", "http://10.0.0.1:3128/")]
    [InlineData(" http://proxy:3128/ ", "http://proxy:3128/")]
    [InlineData("http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128/")]
    [InlineData("http://user:password@proxy:3128/path", "http://proxy:3128/")]
    [InlineData("user:password@proxy:3128", "http://proxy:3128/")]
    [InlineData("socks5://proxy", "socks5://proxy:1080/")]
    [InlineData("socks5h://user:password@proxy:99", "socks5://proxy:99/")]
    public void A_proxy_is_a_url_or_a_host_and_port(string value, string proxy) =>
        Assert.Equal(proxy, From(("HTTPS_PROXY", value))?.GetProxy(Hub)?.AbsoluteUri);

    [Fact]
    public void Each_scheme_has_its_own_proxy()
    {
        var both = From(("HTTP_PROXY", "plain:1"), ("HTTPS_PROXY", "secure:2"));
        var plain = From(("HTTP_PROXY", "plain:1"));

        Assert.Equal("secure", both?.GetProxy(Hub)?.Host);
        Assert.Equal("plain", both?.GetProxy(new Uri("http://example.com"))?.Host);
        Assert.Null(both?.GetProxy(new Uri("ftp://example.com")));
        Assert.Null(plain?.GetProxy(Hub));
        Assert.True(plain?.IsBypassed(Hub));
        Assert.False(both?.IsBypassed(Hub));
    }

    [Fact]
    public void The_upper_case_name_wins_unless_it_is_empty()
    {
        Assert.Equal("upper", From(("HTTPS_PROXY", "upper"), ("https_proxy", "lower"))?.GetProxy(Hub)?.Host);
        Assert.Equal("lower", From(("HTTPS_PROXY", ""), ("https_proxy", "lower"))?.GetProxy(Hub)?.Host);
        Assert.Null(From(("https_proxy", "lower"), ("no_proxy", "docker.io"))?.GetProxy(Hub));
        Assert.NotNull(From(("https_proxy", "p"), ("NO_PROXY", "x"), ("no_proxy", "docker.io"))?.GetProxy(Hub));
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("ftp://hunter2@proxy")]
    [InlineData("http://user:hunter2#x@proxy:3128")]
    [InlineData("http://user:12#hunter2@proxy:3128")]
    [InlineData("http://user:12/hunter2@proxy:3128")]
    [InlineData("http://proxy:hunter2")]
    [InlineData("hunter2 proxy")]
    public void What_is_no_address_is_refused_by_the_variables_name(string value)
    {
        var error = Assert.Throws<ProxyException>(() => From(("https_proxy", value)));

        Assert.StartsWith("HTTPS_PROXY is not the address of a proxy", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_go_to_their_own_proxy_only()
    {
        IWebProxy? proxy = From(
            ("HTTP_PROXY", "http://u:p@plain:1"), ("HTTPS_PROXY", "http://v%40x:%3Aq%2F:@secure:2"));

        var plain = proxy?.Credentials?.GetCredential(new Uri("http://plain:1"), "Basic");
        var secure = proxy?.Credentials?.GetCredential(new Uri("http://secure:2/"), "Basic");
        Assert.Equal(("u", "p"), (plain?.UserName, plain?.Password));
        Assert.Equal(("v@x", ":q/:"), (secure?.UserName, secure?.Password));
        Assert.Null(proxy?.Credentials?.GetCredential(new Uri("http://secure:3/"), "Basic"));
        Assert.Null(proxy?.Credentials?.GetCredential(Hub, "Basic"));
    }

    [Fact]
    public void A_user_without_a_password_has_an_empty_one()
    {
        IWebProxy? proxy = From(("HTTPS_PROXY", "http://token@proxy:2"));

        var credential = proxy?.Credentials?.GetCredential(new Uri("http://proxy:2"), "Basic");
        Assert.Equal(("token", ""), (credential?.UserName, credential?.Password));
    }

    [Fact]
    public void Without_credentials_there_are_none_to_ask_for_and_none_can_be_set()
    {
        IWebProxy proxy = Assert.IsType<ProxySettings>(From(("HTTPS_PROXY", "proxy:2")));

        Assert.Null(proxy.Credentials);
        Assert.Throws<NotSupportedException>(() => proxy.Credentials = CredentialCache.DefaultCredentials);
    }

    [Fact]
    public void Nothing_printed_has_the_password_in_it()
    {
        var proxy = From(("HTTPS_PROXY", "http://user:hunter2@proxy:3128"));

        Assert.DoesNotContain("hunter2", $"{proxy} {proxy?.GetProxy(Hub)}", StringComparison.Ordinal);
    }

    private static ProxySettings? From(params (string Name, string Value)[] variables) =>
        ProxySettings.FromEnvironment(name => variables.FirstOrDefault(v => v.Name == name).Value);
}
