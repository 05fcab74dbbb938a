using System.Text;
using Tracebloc.ModelUpload.Credentials;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Credentials;

public sealed class DockerConfigTests
{
    // dXNlcjpwYTpzcw== is user:pa:ss in base64.
    [Theory]
    [InlineData("""{"auths":{"quay.io":{"auth":"dXNlcjpwYTpzcw=="}}}""")]
    [InlineData("""{"auths":{"https://quay.io/v2/":{"username":"user","password":"pa:ss"}}}""")]
    [InlineData("""{"auths":{"quay.io":{"auth":"user:pa:ss"}}}""")]
    [InlineData("""{"auths":{"quay.io/org":{"auth":"user:pa:ss"},"ghcr.io":{"auth":""}}}""")]
    public void Fault_21_an_account_is_found_in_every_form(string json) =>
        Assert.Equal(
            [new RegistryCredential { Username = "user", Password = "pa:ss" }],
            Read(json).Store?.For("quay.io", "org/m"));

    [Fact]
    public void A_plain_auth_is_a_warning_and_one_in_base64_is_none()
    {
        Assert.Equal(
            "/c has an auth that is plain user:password; write its base64 form",
            Read("""{"auths":{"quay.io":{"auth":"user:password"}}}""").Warning);
        Assert.Null(Read("""{"auths":{"quay.io":{"auth":"dXNlcjpwYTpzcw=="}}}""").Warning);
    }

    [Fact]
    public void An_empty_auth_is_anonymous() =>
        Assert.Empty(Read("""{"auths":{"quay.io":{"auth":"","email":"x"}}}""").Store?.For("quay.io", "m") ?? [new()]);

    [Theory]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("""{"auths":[]}""")]
    [InlineData("""{"auths":{"quay.io":{"auth":"secret-without-colon"}}}""")]
    [InlineData("""{"auths":{"quay.io":{"auth":"\ud800:x"}}}""")]
    [InlineData("""{"auths":{"quay.io":{"auth":{"a":1,"a":2}}}}""")]
    public void A_malformed_file_is_reported_without_its_content(string json)
    {
        var config = Read(json);
        Assert.Null(config.Store);
        Assert.StartsWith("/c is an invalid docker config file: ", config.Fault);
        Assert.DoesNotContain("secret-without-colon", config.Fault);
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_readable_is_reported_as_such()
    {
        Assert.Equal(
            "credentials file not found: /none; check the path and that the Secret is mounted",
            DockerConfig.OfFile("/none", FakeFiles.None).Fault);
        Assert.Equal(
            "credentials file /c is not readable by this user; check the file's mode and owner",
            DockerConfig.OfFile("/c", new FakeFiles(("/c", null))).Fault);
    }

    private static DockerConfig Read(string json) => DockerConfig.Of(Encoding.UTF8.GetBytes(json), "/c");
}
