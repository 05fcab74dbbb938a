namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>Values that cannot be pinned are rejected with line and remedy before any request or write.</summary>
public sealed class PinErrorTests
{
    [Theory]
    [InlineData("{repository: a/b, tag: 1.30, digest: ''}",
        ":2: web.tag: must be text; put it in quotes: \"1.30\"",
        ":2: web: has no tag to pin; write the image's")]
    [InlineData("{tag: v1, digest: ''}", ":2: web: has no repository; write the image's, as ghcr.io/owner/name")]
    [InlineData("{repository: a/b, digest: ''}",
        ":2: web: has no tag to pin; write the image's")]
    [InlineData("{repository: a/b, tag: v1}",
        ":2: web: has no digest; write digest: \"\" beside its tag, if its chart reads one")]
    [InlineData("{repository: a/b, tag: v1, digest: sha256:12}",
        ":2: web.digest: is not pinned by a digest; write sha256: and 64 hexadecimal digits, or nothing")]
    [InlineData("{repository: a/b, tag: v1, digest: [x]}", ":2: web.digest: must be text, but is a list")]
    [InlineData("{repository: a/b, tag: v1, digest}",
        ":2: web.digest: cannot be replaced the way it is written; write it on one line, in quotes, without escapes")]
    [InlineData("{repository: a/B, tag: v1, digest: ''}",
        ":2: web: the repository \"a/B\" has upper-case letters; write it in lower case (a tag may keep them)")]
    [InlineData("nginx",
        ":2: web: has no tag to pin; add it, as "
        + "docker.io/library/nginx:latest")]
    [InlineData("1.5",
        ":2: web: must be an image, a block with repository, tag and digest or text as in \"nginx:1.29\", but is the "
        + "number 1.5")]
    [InlineData("a/b:v1@latest",
        ":2: web: is not pinned by a digest; write sha256: and 64 hexadecimal digits, or nothing")]
    [InlineData("\"a/b\\u003av1\"",
        ":2: web: cannot be replaced the way it is written; write it on one line, in quotes, without escapes")]
    [InlineData(">-\n  a/b:v1",
        ":2: web: cannot be replaced the way it is written; write it on one line, in quotes, without escapes")]
    [InlineData("{repository: a/b, tag: v1, digest: &d ''}\njob: *d",
        ":2: web.digest: is shared through an anchor (&name), so that other images would change too; write it out")]
    [InlineData("*base",
        ":1: base.digest: is shared through an anchor (&name), so that other images would change too; write it out")]
    [InlineData("{<<: *base}",
        ":1: base.digest: is shared through an anchor (&name), so that other images would change too; write it out")]
    [InlineData("*none",
        ":2: is not YAML (column 6): an alias (*name) without an anchor (&name) before it; "
        + "quote text that begins with *")]
    [InlineData("a/b:v1\n---\nweb: a/b:v1",
        ":3: a second document starts here (---); a configuration is one document")]
    [InlineData("a/b:v1\n\tjob: a/b:v1", ":3: a tab cannot indent YAML; use spaces")]
    [InlineData("a/b:v1\nweb: a/b:v1", ":3: web: is given twice, first on line 2; keep one")]
    public void An_image_that_cannot_be_pinned_is_refused_where_it_stands(string image, params string[] errors) =>
        Assert.Equal(
            errors.Select(error => $"values.yaml{error}"),
            PinOf.ErrorsOf($"base: &base {{repository: a/b, tag: v1, digest: ''}}\nweb: {image}\n", "web"));

    [Theory]
    [InlineData("web: a/b:v1", "", "values.yaml: images: holds no images; give their paths, as in --path web.image")]
    [InlineData("images: {}", "", "values.yaml: images: holds no images; give their paths, as in --path web.image")]
    [InlineData("web: a/b:v1", "wep",
        "values.yaml: wep: is not in the file; write it as the keys that lead there, such as images.web")]
    [InlineData("web: {image: a/b:v1}", "web.image.tag",
        "values.yaml: web.image.tag: is not in the file; write it as the keys that lead there, such as images.web")]
    [InlineData("", "web", "values.yaml: the file is empty; it must hold the configuration")]
    public void A_file_without_the_image_says_so(string text, string path, string error) =>
        Assert.Equal([error], PinOf.ErrorsOf(text, path.Length == 0 ? [] : [path]));
}
