namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>Values that helm renders otherwise than they look.</summary>
public sealed class PinYamlTests
{
    private const string Repository = "repository: acme/web";

    [Theory]
    [InlineData("72044e11")]
    [InlineData("12e3")]
    [InlineData("1E5")]
    [InlineData("0x1F")]
    [InlineData("0o17")]
    [InlineData("0b101")]
    [InlineData("1_0")]
    [InlineData("yes")]
    [InlineData("On")]
    [InlineData("n")]
    public void A_tag_that_helm_takes_for_no_text_is_rejected(string tag) =>
        Assert.Contains(
            $"values.yaml:1: web.tag: must be text; put it in quotes: \"{tag}\"",
            PinOf.ErrorsOf($"web: {{{Repository}, tag: {tag}, digest: ''}}\n", "web"));

    [Theory]
    [InlineData("tag: !!str 1.30", "1.30")]
    [InlineData("tag: ! 1.30", "1.30")]
    [InlineData("tag: !!str 'on'", "on")]
    [InlineData("tag: 2024-01-01", "2024-01-01")]
    [InlineData("<<: [*which, *other]", "0.3")]
    [InlineData("tag: v9, <<: *which", "0.3")]
    [InlineData("<<: *which, tag: v9", "v9")]
    public void The_tag_is_the_one_that_helm_renders(string tag, string rendered) =>
        Assert.Equal(
            [$"docker.io/acme/web:{rendered}"],
            PinOf.Images($$"""
                which: &which {tag: '0.3'}
                other: &other {tag: '0.4'}
                port: !!int "8080"
                web: {{{Repository}}, {{tag}}, digest: ''}

                """, "web"));

    [Fact]
    public void A_digest_in_the_tag_is_replaced_there()
    {
        var text = $"web: {{{Repository}, tag: \"v1@{Some.B}\", digest: \"\"}}\n";
        Assert.Equal(["docker.io/acme/web:v1"], PinOf.Images(text, "web"));
        Assert.Equal(text.Replace($"{Some.B}", $"{Some.A}"), PinOf.Pinned(text, "web"));
        Assert.Equal(text.Replace($"@{Some.B}", ""), PinOf.Unpinned(text, "web"));
    }

    [Fact]
    public void A_block_whose_tag_holds_the_digest_needs_no_key_for_it()
    {
        var text = $"web:\n  {Repository}\n  tag: 1.30@{Some.B}\n";
        Assert.Equal(text.Replace($"{Some.B}", $"{Some.A}"), PinOf.Pinned(text, "web"));
        // Without quotes it would be a number.
        Assert.Equal($"web:\n  {Repository}\n  tag: \"1.30\"\n", PinOf.Unpinned(text, "web"));
    }

    [Theory]
    [InlineData("tag: v1@OLD, digest: OLD",
        "web.digest: is a second digest beside the one in tag; empty one of them")]
    [InlineData("tag: '@OLD', digest: ''", "web.tag: has no tag before its digest; write it as TAG@sha256:…")]
    [InlineData("tag: v1@latest, digest: ''",
        "web.tag: is not pinned by a digest; write sha256: and 64 hexadecimal digits, or nothing")]
    [InlineData("tag: &t 'v1@OLD', digest: ''",
        "web.tag: is shared through an anchor (&name), so that other images would change too; write it out")]
    public void A_tag_whose_digest_cannot_be_replaced_is_rejected(string keys, string error) =>
        Assert.Equal(
            [$"values.yaml:1: {error}"],
            PinOf.ErrorsOf($"web: {{{Repository}, {keys.Replace("OLD", $"{Some.B}")}}}\n", "web"));

    [Theory]
    [InlineData("pullPolicy: Always")]
    [InlineData("pullSecrets: [a]")]
    [InlineData("pullPolicy: ")]
    [InlineData("defaults: {pullPolicy: Always}")]
    public void A_setting_beside_the_images_is_named_with_the_way_to_name_the_images(string setting) =>
        Assert.Equal(
            [$"values.yaml:1: images.{setting.Split(':')[0]}: is not an image; name the images by --path, "
                + "as in --path images.web"],
            PinOf.ErrorsOf($"images: {{{setting}, web: {{{Repository}, tag: v1, digest: ''}}}}\n"));
}
