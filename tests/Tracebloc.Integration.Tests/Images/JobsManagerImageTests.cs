namespace Tracebloc.Integration.Tests.Images;

/// <summary>The image of jobs-manager: its contents, and the program in it.</summary>
public sealed class JobsManagerImageTests
{
    private const string Name = "jobs-manager";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("amd64")]
    [InlineData("arm64")]
    public async Task The_image_holds_the_program_alone_for_a_user_without_rights(string architecture)
    {
        await using var image = await RealImage.OpenAsync(Name, architecture, Token);

        Assert.True(image.Has("program"));
        Assert.True(image.Has("etc/ssl/certs/ca-certificates.crt"));
        Assert.DoesNotContain(
            (string[])["bin/sh", "bin/bash", "usr/bin/sh", "usr/bin/bash", "usr/bin/python3", "usr/share/dotnet"],
            image.Has);
        Assert.Equal("65532:65532", $"{image.Configuration["User"]}");
        Assert.Equal("/program", $"{Assert.Single(image.Configuration["Entrypoint"]!.AsArray())}");
        Assert.Equal(Name, $"{image.Configuration["Labels"]!["org.opencontainers.image.title"]}");
    }

    [Fact]
    public async Task The_program_starts_on_a_read_only_root()
    {
        await using var image = await RealImage.OpenAsync(Name, "amd64", Token);
        using var container = new ImageContainer(image);

        var result = await container.RunAsync(["--help"]);

        Assert.Contains("jobs-manager", result.AssertExit(0).Output);
    }
}
