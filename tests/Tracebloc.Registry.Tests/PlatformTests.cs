using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Which platforms an image was built for, and which machine runs what.</summary>
public sealed class PlatformTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("linux/amd64", "linux/amd64", true)]
    [InlineData("linux/amd64", "linux/arm64", false)]
    [InlineData("linux/amd64", "windows/amd64", false)]
    [InlineData("linux/amd64", "linux/amd64/v1", true)]
    [InlineData("linux/amd64", "linux/amd64/v3", false)]
    [InlineData("linux/amd64/v3", "linux/amd64/v2", true)]
    [InlineData("linux/arm64", "linux/arm64/v8", true)]
    [InlineData("linux/arm64/v8", "linux/arm64", true)]
    [InlineData("linux/arm64", "linux/arm64/v9", false)]
    [InlineData("linux/arm64/v9", "linux/arm64/v8.2", true)]
    [InlineData("linux/arm", "linux/arm/v7", true)]
    [InlineData("linux/arm", "linux/arm/v6", true)]
    [InlineData("linux/arm/v6", "linux/arm/v7", false)]
    [InlineData("linux/arm/v6", "linux/arm", false)]
    [InlineData("linux/mips/softfloat", "linux/mips/softfloat", true)]
    [InlineData("linux/mips/softfloat", "linux/mips/hardfloat", false)]
    [InlineData("linux/mips", "linux/mips/softfloat", false)]
    public void A_machine_runs_its_own_and_what_came_before(string machine, string built, bool runs)
    {
        Assert.True(Platform.TryParse(machine, out var platform, out _));
        Assert.True(Platform.TryParse(built, out var other, out _));
        Assert.Equal(runs, platform.Runs(other));
        Assert.Equal((machine, built), (platform.ToString(), other.ToString()));
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("linux/")]
    [InlineData("/amd64")]
    [InlineData("Linux/amd64")]
    [InlineData("linux/amd64/v1/x")]
    [InlineData("linux amd64")]
    public void What_is_no_platform_is_refused(string text)
    {
        Assert.False(Platform.TryParse(text, out _, out var error));
        Assert.Equal($"\"{text}\" is not a platform; write it as linux/amd64 or linux/arm/v7", error);
    }

    [Fact]
    public async Task An_index_names_its_platforms_and_attestations_are_none()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Push("app", "many", FakeManifest.ForPlatforms(
            ("linux/amd64", "a"), ("linux/arm/v7", "b"), ("unknown/unknown", "c")));

        var platforms = await fixture.Client.GetPlatformsAsync(fixture.Image("app:many"), Cancellation);

        Assert.Equal(["linux/amd64", "linux/arm/v7"], platforms.Value?.Select(part => part.Platform.ToString()));
        Assert.Equal(
            FakeManifest.Of(FakeManifest.OciManifest, "a").Digest, platforms.Value?[0].Digest.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"manifests\":[]")]
    public async Task What_lists_nothing_names_no_platform(string members)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(FakeReply.Of(200, $"{{\"schemaVersion\":2{members}}}", FakeManifest.OciIndex));

        var platforms = await fixture.Client.GetPlatformsAsync(fixture.Image(), Cancellation);

        Assert.Equal([], platforms.Value ?? throw new InvalidOperationException(platforms.Message));
    }

    [Fact]
    public async Task An_image_in_no_index_names_its_platform_in_its_configuration()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var (manifest, config) = FakeManifest.ForPlatform("linux/arm/v6");
        fixture.Registry.Push("app", "one", manifest);
        fixture.Registry.PushBlob("app", config);

        var platforms = await fixture.Client.GetPlatformsAsync(fixture.Image("app:one"), Cancellation);

        var part = Assert.Single(platforms.Value ?? []);
        Assert.Equal(("linux/arm/v6", manifest.Digest), (part.Platform.ToString(), part.Digest.ToString()));
    }

    [Fact]
    public async Task A_configuration_that_is_missing_or_none_is_an_answer_of_its_own()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Push("app", "one", FakeManifest.ForPlatform("linux/arm/v6").Manifest);
        fixture.Registry.Push("app", "bad", FakeManifest.Of(FakeManifest.OciManifest, "x"));
        fixture.Registry.When(
            request => request.Path.EndsWith(FakeManifest.DigestOf("{}"u8), StringComparison.Ordinal),
            FakeReply.Of(200, "{}", "application/octet-stream"));

        var missing = await fixture.Client.GetPlatformsAsync(fixture.Image("app:one"), Cancellation);
        var empty = await fixture.Client.GetPlatformsAsync(fixture.Image("app:bad"), Cancellation);

        Assert.Equal(Verdict.NotFound, missing.Verdict);
        Assert.Equal("/", Assert.Single(empty.Value ?? []).Platform.ToString());
    }
}
