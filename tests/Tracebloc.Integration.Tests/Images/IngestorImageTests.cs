using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Images;

/// <summary>The images of the ingestor, with and without python3: their contents, and the program in them.</summary>
public sealed class IngestorImageTests : IDisposable
{
    private const string Plain = "ingestor", WithPython = "ingestor-python", Volume = "/data/shared";

    // Each is a module of C, and its libraries are packages of their own.
    private const string Modules =
        "bz2, ctypes, curses, dbm.ndbm, hashlib, json, lzma, readline, sqlite3, ssl, uuid, zlib";

    private readonly DirectoryInfo _volume = Directory.CreateTempSubdirectory("volume-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> All => new(
        from name in (string[])[Plain, WithPython]
        from architecture in (string[])["amd64", "arm64"]
        select (name, architecture));

    public void Dispose() => _volume.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_image_holds_the_program_and_no_shell(string name, string architecture)
    {
        await using var image = await RealImage.OpenAsync(name, architecture, Token);

        Assert.True(image.Has("program"));
        Assert.True(image.Has("etc/ssl/certs/ca-certificates.crt"));
        Assert.True(image.Has("usr/share/zoneinfo/Europe/Berlin"));
        Assert.Equal(name == WithPython, image.Has("usr/bin/python3"));
        Assert.Equal(name == WithPython, image.Has("var/lib/dpkg/status.d/python3"));
        Assert.DoesNotContain(
            (string[])["bin/sh", "bin/bash", "usr/bin/sh", "usr/bin/bash", "usr/bin/dash", "bin/busybox"], image.Has);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_image_starts_the_program_as_a_user_without_rights(string name, string architecture)
    {
        await using var image = await RealImage.OpenAsync(name, architecture, Token);

        Assert.Equal("65532:65532", $"{image.Configuration["User"]}");
        Assert.Equal("/program", $"{Assert.Single(image.Configuration["Entrypoint"]!.AsArray())}");
        Assert.Equal(name, $"{image.Configuration["Labels"]!["org.opencontainers.image.title"]}");
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(WithPython)]
    public async Task An_example_is_validated_on_a_read_only_root_without_a_network(string name)
    {
        await using var image = await RealImage.OpenAsync(name, "amd64", Token);
        using var container = new ImageContainer(image)
            .With(Path.Combine(IngestExample.Root, "image_classification"), Volume);

        var result = await container.RunAsync(["validate", $"{Volume}/ingest.yaml", "--data", Volume]);

        Assert.Contains(": valid with its data: image_classification", result.AssertExit(0).Output);
    }

    [Fact]
    public async Task The_program_for_arm64_validates_an_example()
    {
        await using var image = await RealImage.OpenAsync(Plain, "arm64", Token);
        new IngestExample("time_series_forecasting").CopyTo(_volume.FullName);

        var result = await PublishedProgram.StartFile(
            "qemu-aarch64-static",
            [
                "-L", image.Root, Path.Combine(image.Root, "program"),
                "validate", Path.Combine(_volume.FullName, "ingest.yaml"), "--data", _volume.FullName,
            ]).Result;

        Assert.Contains(": valid with its data: time_series_forecasting", result.AssertExit(0).Output);
    }

    [Fact]
    public async Task Python_has_its_whole_library_and_writes_nothing_beside_it()
    {
        await using var image = await RealImage.OpenAsync(WithPython, "amd64", Token);
        using var container = new ImageContainer(image) { EntryPoint = ["/usr/bin/python3"] };

        var result = await container.RunAsync(["-I", "-c", $"import os, {Modules}; print(os.getuid())"]);

        Assert.Equal("65532\n", result.AssertExit(0).Output);
        var written = await container.RunAsync(["-I", "-c", "open('/usr/lib/python3/mine', 'w')"]);
        Assert.Contains("Read-only file system", written.AssertExit(1).Error);
    }

    [Fact]
    public async Task Python_for_arm64_has_its_whole_library()
    {
        await using var image = await RealImage.OpenAsync(WithPython, "arm64", Token);

        var result = await PublishedProgram.StartFile(
            "qemu-aarch64-static",
            [
                "-L", image.Root, Path.Combine(image.Root, "usr/bin/python3"), "-B", "-c",
                $"import sys, {Modules}; print(sys.prefix, ssl.__file__)",
            ],
            ("PYTHONHOME", Path.Combine(image.Root, "usr"))).Result;

        Assert.Equal(
            $"{image.Root}/usr {image.Root}/usr/lib/python3.11/ssl.py\n", result.AssertExit(0).Output);
    }
}
