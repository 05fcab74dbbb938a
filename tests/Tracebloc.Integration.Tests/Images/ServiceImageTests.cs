namespace Tracebloc.Integration.Tests.Images;

/// <summary>The images of the programs that serve: their contents, and the program in each.</summary>
public sealed class ServiceImageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("jobs-manager", "amd64")]
    [InlineData("jobs-manager", "arm64")]
    [InlineData("metadata-sync", "amd64")]
    [InlineData("metadata-sync", "arm64")]
    public async Task The_image_holds_the_program_alone_for_a_user_without_rights(string name, string architecture)
    {
        await using var image = await RealImage.OpenAsync(name, architecture, Token);

        Assert.True(image.Has("program"));
        Assert.True(image.Has("etc/ssl/certs/ca-certificates.crt"));
        Assert.DoesNotContain(
            (string[])["bin/sh", "bin/bash", "usr/bin/sh", "usr/bin/bash", "usr/bin/python3", "usr/share/dotnet"],
            image.Has);
        Assert.Equal("65532:65532", $"{image.Configuration["User"]}");
        Assert.Equal("/program", $"{Assert.Single(image.Configuration["Entrypoint"]!.AsArray())}");
        Assert.Equal(name, $"{image.Configuration["Labels"]!["org.opencontainers.image.title"]}");
    }

    [Theory]
    [InlineData("jobs-manager")]
    [InlineData("metadata-sync")]
    public async Task The_program_starts_on_a_read_only_root(string name)
    {
        await using var image = await RealImage.OpenAsync(name, "amd64", Token);
        using var container = new ImageContainer(image);

        var result = await container.RunAsync(["--help"]);

        Assert.Contains(name, result.AssertExit(0).Output);
    }
}
