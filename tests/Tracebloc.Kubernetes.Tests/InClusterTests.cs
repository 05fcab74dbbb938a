using Tracebloc.Testing;

namespace Tracebloc.Kubernetes.Tests;

public sealed class InClusterTests : IDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly TemporaryFolder _folder = new();

    public InClusterTests()
    {
        _folder.Write("token", "secret\n");
        _folder.Write("ca.crt", _certificates.AuthorityPem);
        _folder.Write("namespace", "tracebloc\n");
    }

    [Theory]
    [InlineData("10.0.0.1", "443", "https://10.0.0.1/")]
    [InlineData("10.0.0.1", "6443", "https://10.0.0.1:6443/")]
    [InlineData("fd00::1", "443", "https://[fd00::1]/")]
    [InlineData("[fd00::1]", "6443", "https://[fd00::1]:6443/")]
    [InlineData("kubernetes.default.svc", "443", "https://kubernetes.default.svc/")]
    public void The_address_comes_from_two_variables(string host, string port, string address) =>
        Assert.Equal(address, Read(host, port)!.Server.AbsoluteUri);

    [Theory]
    [InlineData(null, "443")]
    [InlineData("10.0.0.1", null)]
    [InlineData("", "")]
    public void Without_the_variables_this_is_no_pod(string? host, string? port) => Assert.Null(Read(host, port));

    [Fact]
    public void The_service_account_says_who_and_where()
    {
        var configuration = Read("10.0.0.1", "443")!;

        Assert.Equal("tracebloc", configuration.Namespace);
        Assert.Equal(Path.Combine(_folder.Path, "token"), configuration.TokenFile);
        Assert.Single(configuration.CertificateAuthorities!);
        Assert.Null(configuration.Proxy);
    }

    [Fact]
    public void POD_NAMESPACE_wins_over_the_mounted_namespace() =>
        Assert.Equal("other", Read("10.0.0.1", "443", "other")!.Namespace);

    [Theory]
    [InlineData("a/b c")]
    [InlineData("..")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a\nb")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void What_is_no_name_of_a_namespace_says_so(string name)
    {
        var variable = Assert.Throws<KubernetesConfigurationException>(() => Read("10.0.0.1", "443", name));
        Assert.Equal("POD_NAMESPACE", variable.Path);
        Assert.Contains("is no name of a namespace: lower-case letters", variable.Message, StringComparison.Ordinal);

        _folder.Write("namespace", name);
        Fails(Path.Combine(_folder.Path, "namespace"), "is no name of a namespace: lower-case letters");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("1-b")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123")]
    public void Any_name_of_a_namespace_is_taken(string name) =>
        Assert.Equal(name, Read("10.0.0.1", "443", name)!.Namespace);

    [Fact]
    public void Without_a_namespace_file_it_is_the_default_one()
    {
        File.Delete(Path.Combine(_folder.Path, "namespace"));

        Assert.Equal("default", Read("10.0.0.1", "443")!.Namespace);
    }

    [Fact]
    public void A_pod_without_a_token_is_told_about_automounting()
    {
        File.Delete(Path.Combine(_folder.Path, "token"));

        Fails(Path.Combine(_folder.Path, "token"), "automountServiceAccountToken");
    }

    [Fact]
    public void A_missing_authority_names_its_file()
    {
        File.Delete(Path.Combine(_folder.Path, "ca.crt"));

        Fails(Path.Combine(_folder.Path, "ca.crt"), "does not exist");
    }

    [Fact]
    public void An_authority_that_is_no_certificate_says_so()
    {
        _folder.Write("ca.crt", "hello");

        Fails(Path.Combine(_folder.Path, "ca.crt"), "not a bundle of PEM certificates");
    }

    [Theory]
    [InlineData("10.0.0.1", "http")]
    [InlineData("10.0.0.1", "-1")]
    [InlineData("a b", "443")]
    public void Variables_that_are_no_address_say_so(string host, string port)
    {
        var error = Assert.Throws<KubernetesConfigurationException>(() => Read(host, port));

        Assert.Contains(host, error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private KubernetesClientConfiguration? Read(string? host, string? port, string? named = null) =>
        KubernetesClientConfiguration.InCluster(name => name switch
        {
            "KUBERNETES_SERVICE_HOST" => host,
            "KUBERNETES_SERVICE_PORT" => port,
            "POD_NAMESPACE" => named,
            _ => null,
        }, _folder.Path);

    private void Fails(string path, string message)
    {
        var error = Assert.Throws<KubernetesConfigurationException>(() => Read("10.0.0.1", "443"));
        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
