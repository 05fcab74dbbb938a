using Tracebloc.Registry;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

public sealed class ConfigurationRegistryTests : IDisposable
{
    private readonly ConfigurationFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_registry_is_reached_as_its_entry_says_with_files_beside_the_configuration()
    {
        using var authority = TestCertificates.Create();
        var ca = _file.With("ca.crt", $"subject\n{authority.AuthorityPem}\nsubject\n{authority.AuthorityPem}");
        var password = _file.With("password", "secret\n");
        var read = _file.ReadRegistries("""
            registries:
              registry.example.com:5000:
                caFile: ca.crt
                username: robot
                passwordFile: password
                mirror: https://mirror.example.com/hub
              localhost: {insecure: true, mirror: 10.0.0.1:5000}
              gcr.io: {credentialHelper: gcr, anonymousRetry: true}
            """);
        Assert.Equal(
            new RegistryHostOptions
            {
                CaFile = ca,
                Username = "robot",
                PasswordFile = password,
                Mirror = "https://mirror.example.com/hub",
            },
            read.Registries["registry.example.com:5000"]);
        Assert.Equal(
            new RegistryHostOptions { Insecure = true, Mirror = "10.0.0.1:5000" }, read.Registries["localhost"]);
        Assert.Equal(
            new RegistryHostOptions { CredentialHelper = "gcr", AnonymousRetry = true }, read.Registries["gcr.io"]);
    }

    [Theory]
    [InlineData("docker.io", "docker.io")]
    [InlineData("index.docker.io", "docker.io")]
    [InlineData("registry-1.docker.io", "docker.io")]
    [InlineData("ghcr.io", "ghcr.io")]
    [InlineData("localhost:5000", "localhost:5000")]
    [InlineData("registry", "registry")]
    [InlineData("\"[2001:db8::1]:5000\"", "[2001:db8::1]:5000")]
    public void A_host_is_named_as_in_image_references(string written, string host)
    {
        var read = _file.ReadRegistries($"registries:\n  {written}: {{insecure: true}}\n");
        Assert.Equal(host, Assert.Single(read.Registries.Keys));
    }

    [Theory]
    [InlineData("https://ghcr.io")]
    [InlineData("ghcr.io/acme")]
    [InlineData("ghcr.io:port")]
    [InlineData("gh cr.io")]
    [InlineData("user@ghcr.io")]
    public void What_is_no_host_is_refused(string written) =>
        Assert.Equal(
            [$"refresh.yaml:2: registries[\"{written}\"]: \"{written}\" is not a host; "
                + "write it as image references do, ghcr.io or localhost:5000"],
            Errors($"registries:\n  \"{written}\": {{insecure: true}}\n"));

    [Fact]
    public void Docker_Hub_has_one_entry_under_whichever_name() =>
        Assert.Equal(
            ["refresh.yaml:3: registries[\"index.docker.io\"]: is docker.io once more; keep one"],
            Errors("registries:\n  docker.io: {mirror: m.example.com}\n  index.docker.io: {mirror: n.example.com}\n"));

    [Theory]
    [InlineData("username: robot",
        "registries[\"ghcr.io\"]: username and passwordFile go together; write both or neither")]
    [InlineData("caFile: none.crt",
        "registries[\"ghcr.io\"].caFile: none.crt does not exist; check the path and that it is mounted")]
    [InlineData("caFile: key.pem",
        "registries[\"ghcr.io\"].caFile: key.pem holds no certificate in PEM format (-----BEGIN CERTIFICATE-----)")]
    [InlineData("caFile: .", "registries[\"ghcr.io\"].caFile: . is a directory; name the file in it")]
    [InlineData("username: robot, passwordFile: none",
        "registries[\"ghcr.io\"].passwordFile: none does not exist; check the path and that it is mounted")]
    [InlineData("mirror: 'm.example.com:port/x'",
        "registries[\"ghcr.io\"].mirror: \"m.example.com:port/x\" is not host[:port][/path]; "
        + "write it like mirror.example.com/hub")]
    [InlineData("insecure: \"true\"",
        "registries[\"ghcr.io\"].insecure: must be true or false without quotes, but is \"true\"")]
    [InlineData("password: hunter2",
        "registries[\"ghcr.io\"].password: is not a known key; "
        + "known here: caFile, insecure, mirror, username, passwordFile, credentialHelper, anonymousRetry")]
    [InlineData("credentialHelper: /usr/bin/docker-credential-gcr",
        "registries[\"ghcr.io\"].credentialHelper: \"/usr/bin/docker-credential-gcr\" is no helper's name; "
        + "write ecr-login for the program docker-credential-ecr-login")]
    [InlineData("credentialHelper: gcr, username: robot, passwordFile: key.pem",
        "registries[\"ghcr.io\"]: username and credentialHelper exclude each other; keep one")]
    [InlineData("anonymousRetry: 1",
        "registries[\"ghcr.io\"].anonymousRetry: must be true or false without quotes, but is the number 1")]
    [InlineData("ca_file: ca.crt", "registries[\"ghcr.io\"].ca_file: is not a known key; did you mean caFile?")]
    public void An_entry_that_cannot_work_is_refused(string entry, string error)
    {
        _file.With("key.pem", "-----BEGIN PRIVATE KEY-----\n");
        Assert.Equal([$"refresh.yaml:2: {error}"], Errors($"registries:\n  ghcr.io: {{{entry}}}\n"));
    }

    [Theory]
    [InlineData("# -----BEGIN CERTIFICATE-----\n# MII, which we trust no longer\n# -----END CERTIFICATE-----\n{0}")]
    [InlineData("\uFEFF{0}Between -----BEGIN CERTIFICATE----- and its end stands the certificate.\r\n  {0}")]
    public void What_stands_beside_certificates_does_not_matter(string content)
    {
        using var authority = TestCertificates.Create();
        var ca = _file.With("ca.crt", content.Replace("{0}", authority.AuthorityPem, StringComparison.Ordinal));

        var read = _file.ReadRegistries("registries:\n  ghcr.io: {caFile: ca.crt}\n");

        Assert.Equal(ca, read.Registries["ghcr.io"].CaFile);
    }

    [Theory]
    [InlineData("rubbish!\n-----END CERTIFICATE-----\n")]
    [InlineData("AAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("MA==\n-----END CERTIFICATE-----\n")]
    [InlineData("MIIBAA==\n-----END CERTIFICATE-----\n")]
    [InlineData("MIIB")]
    public void A_certificate_that_is_not_whole_is_refused(string content)
    {
        using var authority = TestCertificates.Create();
        _file.With("ca.crt", $"{authority.AuthorityPem}-----BEGIN CERTIFICATE-----\n{content}");
        Assert.Equal(
            ["refresh.yaml:2: registries[\"ghcr.io\"].caFile: ca.crt holds an incomplete certificate; "
                + "copy the file again"],
            Errors("registries:\n  ghcr.io: {caFile: ca.crt}\n"));
    }

    [Theory]
    [InlineData("host/a?b")]
    [InlineData("host/a#b")]
    [InlineData("host/a b")]
    [InlineData("host/a\t")]
    [InlineData("host/é")]
    public void A_mirror_is_a_host_and_a_path_alone(string mirror) =>
        Assert.EndsWith(
            "is not host[:port][/path]; write it like mirror.example.com/hub",
            Assert.Single(Errors($"registries:\n  ghcr.io: {{mirror: \"{mirror}\"}}\n")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("registries: {a.io: {caFile: \"a\\0b\"}}", "registries[\"a.io\"].caFile")]
    [InlineData("registries: {a.io: {username: u, passwordFile: \"a\\0b\"}}", "registries[\"a.io\"].passwordFile")]
    [InlineData("dockerConfigFile: \"a\\0b\"", "dockerConfigFile")]
    public void A_path_without_a_meaning_to_the_system_is_refused(string text, string place) =>
        Assert.Equal(
            [$"refresh.yaml:1: {place}: holds a NUL (\\0), which no path can; write it without"], Errors(text));

    [Fact]
    public void A_misplaced_secret_is_not_repeated() =>
        Assert.DoesNotContain(
            "hunter2",
            Assert.Single(Errors("registries:\n  ghcr.io: {password: hunter2}\n")),
            StringComparison.Ordinal);

    [Fact]
    public void Resolving_needs_of_the_configuration_only_the_registries()
    {
        var docker = _file.With("config.json", "{}");
        var read = _file.ReadRegistries(
            "dockerConfigFile: config.json\npullSecrets: 1\nimages: [1]\nrolloutTimeout: x\n");
        Assert.Equal(docker, read.DockerConfigFile);
        Assert.Equal(
            ["refresh.yaml:1: dockerConfig: is not a known key; did you mean dockerConfigFile?"],
            Errors("dockerConfig: config.json\n"));
    }

    private IEnumerable<string> Errors(string text) => _file.ErrorsOf(() => _file.ReadRegistries(text));
}
