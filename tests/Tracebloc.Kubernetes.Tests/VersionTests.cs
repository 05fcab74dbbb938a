using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class VersionTests : ClientFixture
{
    [Fact]
    public async Task The_version_of_the_server_is_read()
    {
        await using var current = await FakeKubernetesApi.StartAsync(
            new() { Version = FakeServerVersion.Of(34) }, Cancelled);
        using var client = new KubernetesClient(
            new KubernetesClientConfiguration { Server = current.Address, Token = current.Token }, Time);

        Assert.Equal(new KubernetesVersion(1, 20), await Client.VersionAsync(Cancelled));
        Assert.Equal(new KubernetesVersion(1, 34), await client.VersionAsync(Cancelled));
    }

    [Theory]
    [InlineData("1", "28", "1.28")]
    [InlineData("1", "28+", "1.28")]
    [InlineData("1", "", null)]
    [InlineData("1", "-3", null)]
    [InlineData(null, "28", null)]
    public void The_clouds_add_a_sign_to_their_minor_versions(string? major, string minor, string? version) =>
        Assert.Equal(version, KubernetesVersion.Of(new V1VersionInfo { Major = major, Minor = minor })?.ToString());

    [Theory]
    [InlineData(1, 23, false)]
    [InlineData(1, 24, true)]
    [InlineData(1, 30, true)]
    [InlineData(2, 0, true)]
    public void A_version_is_at_least_every_older_one(int major, int minor, bool isEnough) =>
        Assert.Equal(isEnough, new KubernetesVersion(major, minor).IsAtLeast(1, 24));
}
