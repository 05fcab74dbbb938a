using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class DigestShapeTests
{
    private const string Sha512 = "sha512:"
        + "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    private static readonly FakeManifest Manifest = FakeManifest.Of(FakeManifest.OciIndex, "first");

    [Theory]
    [InlineData("Docker-Content-Digest")]
    [InlineData("docker-content-digest")]
    [InlineData("DOCKER-CONTENT-DIGEST")]
    public async Task The_header_is_found_in_any_case(string name)
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(Manifest).Without("Docker-Content-Digest").With(name, Manifest.Digest));

        fixture.AssertFound(await fixture.ResolveAsync());
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Without_the_header_the_manifest_is_fetched_and_hashed(string? header)
    {
        await using var fixture = await StartAsync();
        var reply = FakeReply.Of(Manifest).Without("Docker-Content-Digest");
        fixture.Registry.When(_ => true, header is null ? reply : reply.With("Docker-Content-Digest", header));

        var result = await fixture.ResolveAsync();

        fixture.AssertFound(result);
        Assert.Empty(result.Warnings);
        Assert.Equal("HEAD none, GET none", fixture.Traffic);
        Assert.Equal(1, fixture.Client.Statistics.ManifestDownloads);
    }

    [Theory]
    [InlineData("sha256:" + "00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:" + "000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("md5:00000000000000000000000000000000")]
    public async Task A_header_that_is_no_digest_is_not_believed_and_the_body_counts(string header)
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(Manifest).Without("Docker-Content-Digest").With("Docker-Content-Digest", header));

        var result = await fixture.ResolveAsync();

        fixture.AssertFound(result);
        Assert.Single(result.Warnings);
        Assert.Equal("HEAD none, GET none", fixture.Traffic);
    }

    [Fact]
    public async Task A_GET_whose_own_header_is_no_digest_is_judged_by_its_body()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.When(
            _ => true, FakeReply.Of(Manifest).Without("Docker-Content-Digest").With("Docker-Content-Digest", "x"));

        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task Upper_case_digits_are_the_same_digest()
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(Manifest).Without("Docker-Content-Digest")
            .With("Docker-Content-Digest", "sha256:" + Manifest.Digest["sha256:".Length..].ToUpperInvariant()));

        fixture.AssertFound(await fixture.ResolveAsync());
    }

    [Fact]
    public async Task A_sha512_digest_is_taken()
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(Manifest).Without("Docker-Content-Digest").With("Docker-Content-Digest", Sha512));

        Assert.Equal(Sha512, (await fixture.ResolveAsync()).Value?.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_doubled_header_counts_if_both_lines_agree(bool agree)
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(Manifest).With("Docker-Content-Digest", agree ? Manifest.Digest : Sha512));

        fixture.AssertFound(await fixture.ResolveAsync());
        Assert.Equal(agree ? "HEAD none" : "HEAD none, GET none", fixture.Traffic);
    }

    [Theory]
    [InlineData(FakeManifest.OciIndex)]
    [InlineData(FakeManifest.OciManifest)]
    [InlineData(FakeManifest.DockerList)]
    [InlineData(FakeManifest.DockerManifest)]
    [InlineData(FakeManifest.DockerSchema1)]
    [InlineData("application/vnd.oci.artifact.manifest.v1+json")]
    public async Task Every_kind_of_manifest_has_a_digest(string mediaType)
    {
        await using var fixture = await StartAsync();
        var digest = fixture.Registry.Push("kind", "v1", FakeManifest.Of(mediaType, "x"));
        Head(fixture, FakeReply.Of(FakeManifest.Of(mediaType, "x")));

        Assert.Equal(digest, (await fixture.ResolveAsync("kind:v1")).Value?.ToString());
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Fact]
    public async Task The_four_media_types_are_accepted_on_one_line()
    {
        await using var fixture = await StartAsync();

        await fixture.ResolveAsync();

        var headers = Assert.Single(fixture.Requests).Headers;
        Assert.Equal(
            string.Join(", ",
                FakeManifest.OciIndex, FakeManifest.DockerList, FakeManifest.OciManifest, FakeManifest.DockerManifest),
            headers["Accept"]);
        Assert.Equal("tracebloc-registry", headers["User-Agent"]);
        Assert.DoesNotContain("Accept-Encoding", headers.Keys);
    }

    [Theory]
    [InlineData("application/vnd.oci.image.index.v1+json; charset=utf-8", Verdict.Ok)]
    [InlineData("application/json", Verdict.Ok)]
    [InlineData("text/html", Verdict.Invalid)]
    [InlineData("Text/HTML; charset=utf-8", Verdict.Invalid)]
    public async Task A_sign_in_page_is_not_a_manifest(string contentType, Verdict verdict)
    {
        await using var fixture = await StartAsync();
        var reply = FakeReply.Of(Manifest).Without("Content-Type").With("Content-Type", contentType);
        fixture.Registry.When(_ => true, reply);

        Assert.Equal(verdict, (await fixture.ResolveAsync()).Verdict);
        Assert.Equal("HEAD none", fixture.Traffic);
    }

    [Theory]
    [InlineData("{\"token\":", "application/json")]
    [InlineData("Please sign in", "text/plain")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"error\":\"sign in\"}", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}", FakeManifest.DockerManifest)]
    [InlineData("{\"schemaVersion\":1}", FakeManifest.DockerSchema1)]
    public async Task What_is_fetched_must_be_the_manifest_it_says_it_is(string body, string contentType)
    {
        await using var fixture = await StartAsync();
        fixture.Registry.When(_ => true, FakeReply.Of(200, body, contentType));

        var result = await fixture.ResolveAsync();

        Assert.Equal(Verdict.Invalid, result.Verdict);
        Assert.Null(result.Value);
    }

    [Fact]
    public async Task A_body_that_belies_its_own_digest_is_invalid()
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(405));
        var other = FakeManifest.Of(FakeManifest.OciIndex, "other");
        fixture.Registry.When(_ => true, FakeReply.Of(Manifest) with { Body = other.Content });

        Assert.Equal(Verdict.Invalid, (await fixture.ResolveAsync()).Verdict);
    }

    [Fact]
    public async Task Where_HEAD_and_the_body_differ_the_body_is_believed_with_a_warning()
    {
        await using var fixture = await StartAsync();
        var other = FakeManifest.Of(FakeManifest.OciIndex, "other");
        Head(fixture, FakeReply.Of(405).With("Docker-Content-Digest", other.Digest));

        var result = await fixture.ResolveAsync();

        fixture.AssertFound(result);
        Assert.Contains("the body counts", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_that_was_not_asked_for_is_invalid()
    {
        await using var fixture = await StartAsync();
        fixture.Registry.When(
            _ => true, FakeReply.Of(Manifest).Without("Docker-Content-Digest").With("Content-Encoding", "gzip"));

        Assert.Equal(Verdict.Invalid, (await fixture.ResolveAsync()).Verdict);
    }

    [Fact]
    public async Task What_the_registry_warns_of_is_passed_on()
    {
        await using var fixture = await StartAsync();
        Head(fixture, FakeReply.Of(Manifest).With("Warning", "299 - \"this repository moves\""));

        var result = await fixture.ResolveAsync();

        Assert.Equal($"{fixture.Registry.Host} warns: this repository moves", Assert.Single(result.Warnings));
    }

    private static Task<RegistryFixture> StartAsync() => RegistryFixture.StartAsync(FakeAuthentication.None);

    private static void Head(RegistryFixture fixture, FakeReply reply) =>
        fixture.Registry.When(request => request.Method == "HEAD", reply);
}
