using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class RegistryTests
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    [Theory]
    [InlineData("http://registry:8080", "", "", "http://registry:8080/")]
    [InlineData("http://registry:8080/", "443", "", "http://registry:8080/")]
    [InlineData("https://registry", "", "", "https://registry/")]
    [InlineData("https://registry", "8443", "", "https://registry:8443/")]
    [InlineData("http://registry", "", "", "http://registry/")]
    [InlineData("http://registry", "8080", "", "http://registry:8080/")]
    [InlineData("registry", "8080", "", "http://registry:8080/")]
    [InlineData("registry", "8080", "true", "https://registry:8080/")]
    [InlineData("registry", "9000", "false", "http://registry:9000/")]
    [InlineData("registry:8080", "", "", "http://registry:8080/")]
    [InlineData("registry.ns.svc", "", "", "https://registry.ns.svc/")]
    [InlineData("[::1]", "8080", "", "http://[::1]:8080/")]
    [InlineData("https://gateway/team", "", "", "https://gateway/team")]
    public void Fault_27_an_address_gets_the_scheme_and_port_that_it_lacks(
        string address, string port, string isSecure, string expected) => Assert.Equal(
        expected,
        Some.Request(
            ("registry-server-address", address),
            ("registry-port", port),
            ("registry-is-secure", isSecure),
            ("registry-user-token", "token")).Registry.Address.AbsoluteUri);

    [Theory]
    [InlineData("ftp://registry")]
    [InlineData("http://registry#x")]
    [InlineData("https://registry?x=1")]
    public void Another_address_is_refused(string address) => Assert.Equal(
        $"--registry-server-address is \"{address}\"; write http://host:port or https://host:port without user, query "
        + "or fragment",
        Some.Error(("registry-server-address", address)));

    [Fact]
    public void Fault_19_the_password_in_an_address_is_not_shown() => Assert.StartsWith(
        "--registry-server-address is \"http://…@registry\"; ",
        Some.Error(("registry-server-address", "http://user:pass@registry")));

    [Fact]
    public void The_address_is_required() => Assert.Equal(
        "--registry-server-address is missing; give it or MODEL_SYNC_REGISTRY_SERVER_ADDRESS",
        Some.Error(("registry-server-address", "")));

    [Theory]
    [InlineData("https://registry:8080")]
    [InlineData("http://registry:8443")]
    public void A_port_of_the_other_scheme_is_a_warning(string address) => Assert.Contains(
        Some.Read(("registry-server-address", address)).Warnings, warning => warning.Contains(address));

    [Fact]
    public void A_secure_registry_requires_a_token()
    {
        Assert.StartsWith("--registry-user-token is missing", Some.Error(("registry-is-secure", "true")));
        Assert.Null(Some.Request().Registry.Token);
    }

    [Fact]
    public void The_token_comes_from_the_first_of_four_places()
    {
        var files = new FakeFiles(("/named", "named\n"), ("/pipelines", "pipelines\n"), (ServiceAccount, "account\n"));
        (string, string)[] environment =
            [("WHERE", "/named"), ("KF_PIPELINES_SA_TOKEN_PATH", "/pipelines")];
        (string, string)[] named = [("registry-user-token-envvar", "WHERE")];

        Assert.Equal("given", Token(Some.Read(files, environment, [.. named, ("registry-user-token", "given\n")])));
        Assert.Equal("named", Token(Some.Read(files, environment, named)));
        Assert.Equal("pipelines", Token(Some.Read(files, environment, [])));
        Assert.Equal("account", Token(Some.Read(files, [], [])));
        Assert.Equal("account", Token(Some.Read(files, [("KF_PIPELINES_SA_TOKEN_PATH", "/none")], [])));
    }

    [Theory]
    [InlineData("", "--registry-user-token-envvar is \"WHERE\"; that variable is not set: set it to the path of a file "
        + "with the token")]
    [InlineData("/none", "WHERE: /none does not exist; check the path and that it is mounted")]
    [InlineData("/empty", "WHERE: /empty is empty; write a token to it")]
    [InlineData("/two", "WHERE: /two is no token: it has blanks or non-ASCII text in it")]
    [InlineData("/closed", "WHERE: /closed is not readable by this user; check the file's mode and owner")]
    public void A_named_file_must_have_a_token(string path, string error) => Assert.Equal(error, Some.Error(Some.Read(
        new FakeFiles(("/empty", "\n"), ("/two", "a b"), ("/closed", null)),
        [("WHERE", path)],
        [("registry-user-token-envvar", "WHERE")])));

    [Fact]
    public void Authorities_come_by_path_or_by_the_name_of_a_variable()
    {
        var files = new FakeFiles(("/ca.pem", "-----BEGIN CERTIFICATE-----"));
        Assert.Equal("/ca.pem", Some.Request(Some.Read(files, ("registry-custom-ca", "/ca.pem"))).Registry.CustomCa);
        Assert.Equal("/ca.pem", Some.Request(Some.Read(
            files, [("CA", "/ca.pem")], [("registry-custom-ca-envvar", "CA")])).Registry.CustomCa);
        Assert.Equal(
            "--registry-custom-ca-envvar is \"CA\"; that variable is not set: set it to the path of a PEM file",
            Some.Error(Some.Read(files, ("registry-custom-ca-envvar", "CA"))));
    }

    private static string? Token(ReadResult result) => Some.Request(result).Registry.Token?.Reveal();
}
