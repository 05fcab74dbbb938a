namespace Tracebloc.Registry.Tests;

public sealed class ImageReferenceTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("user/app", "docker.io", "user/app", "latest")]
    [InlineData("docker.io/nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("docker.io/library/nginx", "docker.io", "library/nginx", "latest")]
    [InlineData("index.docker.io/nginx:1.27", "docker.io", "library/nginx", "1.27")]
    [InlineData("docker.io", "docker.io", "library/docker.io", "latest")]
    [InlineData("localhost/app", "localhost", "app", "latest")]
    [InlineData("localhost:5000/app:x", "localhost:5000", "app", "x")]
    [InlineData("localhost", "docker.io", "library/localhost", "latest")]
    [InlineData("myhost:5000/app", "myhost:5000", "app", "latest")]
    [InlineData("myhost:5000", "docker.io", "library/myhost", "5000")]
    [InlineData("192.168.1.1:5000/r:5050", "192.168.1.1:5000", "r", "5050")]
    [InlineData("192.168.1.1/r", "192.168.1.1", "r", "latest")]
    [InlineData("192.168.1.1", "docker.io", "library/192.168.1.1", "latest")]
    [InlineData("192.168.1.1:5000", "docker.io", "library/192.168.1.1", "5000")]
    [InlineData("[2001:db8::1]/r", "[2001:db8::1]", "r", "latest")]
    [InlineData("[2001:db8::1]:5000/r:t", "[2001:db8::1]:5000", "r", "t")]
    [InlineData("lowercase:Uppercase", "docker.io", "library/lowercase", "Uppercase")]
    [InlineData("Uppercase/lowercase", "Uppercase", "lowercase", "latest")]
    [InlineData("foo_bar.com:8080", "docker.io", "library/foo_bar.com", "8080")]
    [InlineData("foo/foo_bar.com:8080", "docker.io", "foo/foo_bar.com", "8080")]
    [InlineData("xn--n3h.com/a/b/c/d", "xn--n3h.com", "a/b/c/d", "latest")]
    [InlineData("registry.example.com:443/a", "registry.example.com:443", "a", "latest")]
    [InlineData("a__b", "docker.io", "library/a__b", "latest")]
    [InlineData("a--b", "docker.io", "library/a--b", "latest")]
    [InlineData("a---b_c/0.d", "docker.io", "a---b_c/0.d", "latest")]
    [InlineData("app:_Tag.1-x", "docker.io", "library/app", "_Tag.1-x")]
    public void A_reference_is_normalised(string text, string domain, string path, string tag)
    {
        var reference = ImageReference.Parse(text);

        Assert.Equal((domain, path, tag), (reference.Domain, reference.Path, reference.Tag));
        Assert.Equal($"{domain}/{path}", reference.Repository);
        Assert.Equal($"{domain}/{path}:{tag}", reference.ToString());
        Assert.Null(reference.Digest);
        Assert.False(reference.IsDigestOnly);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("nginx:latest")]
    [InlineData("library/nginx")]
    [InlineData("docker.io/nginx")]
    [InlineData("docker.io/library/nginx")]
    [InlineData("index.docker.io/nginx")]
    [InlineData("index.docker.io/library/nginx:latest")]
    public void Spellings_of_one_image_are_equal(string text) =>
        Assert.Equal(ImageReference.Parse("docker.io/library/nginx:latest"), ImageReference.Parse(text));

    [Fact]
    public void A_written_port_makes_another_reference() => Assert.NotEqual(
        ImageReference.Parse("registry.example.com:443/a"), ImageReference.Parse("registry.example.com/a"));

    [Fact]
    public void Tag_and_digest_are_both_kept()
    {
        var reference = ImageReference.Parse($"[2001:db8::1]:5000/r:t@sha256:{Hex}");

        Assert.Equal("t", reference.Tag);
        Assert.Equal(Hex, reference.Digest?.Hex);
        Assert.False(reference.IsDigestOnly);
        Assert.Equal($"[2001:db8::1]:5000/r:t@sha256:{Hex}", reference.ToString());
    }

    [Fact]
    public void A_digest_without_a_tag_gets_no_tag()
    {
        var reference = ImageReference.Parse($"nginx@sha256:{Hex}");

        Assert.Null(reference.Tag);
        Assert.True(reference.IsDigestOnly);
        Assert.Equal($"docker.io/library/nginx@sha256:{Hex}", reference.ToString());
    }

    [Fact]
    public void An_image_is_pinned_by_repository_and_digest_without_the_tag() => Assert.Equal(
        $"ghcr.io/o/n@sha256:{Hex}", ImageReference.Parse("ghcr.io/o/n:prod").At(Digest.Parse($"sha256:{Hex}")));

    [Theory]
    [InlineData("app:", 128)]
    [InlineData("", 255 - 8)]
    [InlineData("example.com/", 255)]
    public void The_longest_tag_and_path_are_read(string start, int length) =>
        Assert.True(ImageReference.TryParse(start + new string('a', length), out _, out _));

    [Theory]
    [InlineData("app:", 129, "the tag has 129 characters")]
    [InlineData("", 256 - 8, "path has 256 characters")]
    [InlineData("example.com/", 256, "path has 256 characters")]
    [InlineData("a", 63, "image ID")]
    public void One_character_more_is_refused(string start, int length, string reason) =>
        Refused(start + new string('a', length), reason);

    [Fact]
    public void A_host_that_no_name_server_can_know_is_refused()
    {
        var label = new string('a', 63);

        Assert.True(ImageReference.TryParse($"{label}.{label}.com/n", out _, out _));
        Refused($"a{label}.com/n", "not a registry host");
        Refused($"{label}.{label}.{label}.{label}.com/n", "not a registry host");
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("https://ghcr.io/o/n", "scheme (\"https://\")")]
    [InlineData("oci://ghcr.io/o/n", "scheme (\"oci://\")")]
    [InlineData("docker://nginx", "scheme (\"docker://\")")]
    [InlineData(" nginx", "white space")]
    [InlineData("nginx ", "white space")]
    [InlineData("ghcr.io/o/ n", "white space")]
    [InlineData("nginx\t", "white space")]
    [InlineData("nginx\n", "line break")]
    [InlineData("nginx\r\n", "line break")]
    [InlineData("nginx\0", "U+0000")]
    [InlineData("ngınx", "U+0131")]
    [InlineData("\"nginx\"", "not a part of a repository's path")]
    [InlineData("Uppercase:tag", "upper-case letters; write it in lower case")]
    [InlineData("h:5000/Upper/x:t", "upper-case letters; write it in lower case")]
    [InlineData("[2001:db8::1]", "not a part of a repository's path")]
    [InlineData("[fe80::1%eth0]/r", "without a zone")]
    [InlineData("[2001:db8::1/r", "not a registry host")]
    [InlineData("[1:2:3:4:5:6:7:8:9]/r", "not a registry host")]
    [InlineData("[2001:db8::1]x/r", "port")]
    [InlineData("[:/r", "not a registry host")]
    [InlineData("foo_bar.com/x", "not a registry host")]
    [InlineData("-host.com/x", "not a registry host")]
    [InlineData("host-.com/x", "not a registry host")]
    [InlineData("host..com/x", "not a registry host")]
    [InlineData(":5000/x", "not a registry host")]
    [InlineData("host:/x", "port")]
    [InlineData("host:port/x", "port")]
    [InlineData("host:0/x", "port")]
    [InlineData("host:65536/x", "port")]
    [InlineData("a___b", "not a part of a repository's path")]
    [InlineData("a..b", "not a part of a repository's path")]
    [InlineData("a._b", "not a part of a repository's path")]
    [InlineData("-a", "not a part of a repository's path")]
    [InlineData("a.", "not a part of a repository's path")]
    [InlineData("a-", "not a part of a repository's path")]
    [InlineData("a//b", "not a part of a repository's path")]
    [InlineData("/a", "not a part of a repository's path")]
    [InlineData("a/", "not a part of a repository's path")]
    [InlineData("example.com/a:b/c", "not a part of a repository's path")]
    [InlineData("example.com/", "names no repository")]
    [InlineData(":tag", "names no repository")]
    [InlineData("app:", "the tag has 0 characters")]
    [InlineData("app:.tag", "starts with \".\"")]
    [InlineData("app:-tag", "starts with \"-\"")]
    [InlineData("app:a:b", "the tag \"a:b\" has more")]
    [InlineData("app:a+b", "the tag \"a+b\" has more")]
    [InlineData("app@", "no algorithm")]
    [InlineData("app@sha256:abc", "3 hexadecimal digits where 64")]
    [InlineData("app@md5:d41d8cd98f00b204e9800998ecf8427e", "algorithm is unknown")]
    [InlineData("@sha256:" + Hex, "without a repository")]
    [InlineData("sha256:" + Hex, "without a repository")]
    [InlineData(Hex, "image ID")]
    public void What_does_not_fit_the_grammar_is_refused_with_the_reason(string? text, string reason) =>
        Refused(text, reason);

    [Theory]
    [InlineData("https://user:hunter2@ghcr.io/o/n")]
    [InlineData("user:hunter2@ghcr.io/o/n")]
    public void Credentials_in_a_mistaken_url_are_not_repeated(string text)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var error));
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    private static void Refused(string? text, string reason)
    {
        Assert.False(ImageReference.TryParse(text, out var reference, out var error));
        Assert.Null(reference);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        if (text is not null)
            Assert.Equal(error, Assert.Throws<FormatException>(() => ImageReference.Parse(text)).Message);
    }
}
