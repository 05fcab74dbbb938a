namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>A digest is written the way the file is, and nothing around it moves.</summary>
public sealed class PinTextTests
{
    private const string Block = "# Ours 😀\nweb:\n  repository: acme/web\n  tag: '1'\n  ";

    [Theory]
    [InlineData("digest: \"\"", "digest: \"NEW\"")]
    [InlineData("digest: ''", "digest: 'NEW'")]
    [InlineData("digest: \"OLD\"", "digest: \"NEW\"")]
    [InlineData("digest: 'OLD'", "digest: 'NEW'")]
    [InlineData("digest: OLD", "digest: NEW")]
    [InlineData("digest:", "digest: \"NEW\"")]
    [InlineData("digest: ", "digest: \"NEW\" ")]
    [InlineData("digest:   # none yet", "digest: \"NEW\"   # none yet")]
    [InlineData("digest: ~", "digest: \"NEW\"")]
    [InlineData("digest: null # none", "digest: \"NEW\" # none")]
    [InlineData("digest:\t''\t# tabs", "digest:\t'NEW'\t# tabs")]
    [InlineData("digest:    \"\"   # far", "digest:    \"NEW\"   # far")]
    [InlineData("'digest' : ''", "'digest' : 'NEW'")]
    [InlineData("\"digest\":\n    ''", "\"digest\":\n    'NEW'")]
    [InlineData("? digest\n  : ''", "? digest\n  : 'NEW'")]
    [InlineData("digest: ''\r\n  more: 1\r\n", "digest: 'NEW'\r\n  more: 1\r\n")]
    [InlineData("digest: '' # é 😀", "digest: 'NEW' # é 😀")]
    public void A_digest_keeps_its_quotes_and_what_stands_around_it(string before, string after) =>
        Assert.Equal(Block + Real(after), PinOf.Pinned(Block + Real(before), "web"));

    [Theory]
    [InlineData("{repository: a/b, tag: v1, digest: \"\"}", "{repository: a/b, tag: v1, digest: \"NEW\"}")]
    [InlineData("{repository: a/b, digest: , tag: v1}", "{repository: a/b, digest: \"NEW\", tag: v1}")]
    [InlineData("{repository: a/b, digest:, tag: v1}", "{repository: a/b, digest: \"NEW\", tag: v1}")]
    [InlineData("{repository: a/b, digest: OLD, tag: v1}", "{repository: a/b, digest: NEW, tag: v1}")]
    [InlineData(
        """{"repository":"a/b","tag":"v1","digest":""}""", """{"repository":"a/b","tag":"v1","digest":"NEW"}""")]
    [InlineData(
        """{"repository":"a/b","tag":"v1","digest":null}""", """{"repository":"a/b","tag":"v1","digest":"NEW"}""")]
    [InlineData("a/b:v1", "a/b:v1@NEW")]
    [InlineData("'a/b:v1'", "'a/b:v1@NEW'")]
    [InlineData("\"a/b:v1@OLD\" # old", "\"a/b:v1@NEW\" # old")]
    [InlineData("127.0.0.1:5000/a/b:v1", "127.0.0.1:5000/a/b:v1@NEW")]
    public void An_image_may_be_written_in_any_way_and_anywhere(string before, string after)
    {
        const string Around = "- name: \"it\\u2019s\"\n  web: IMAGE\r\n  last: 1";
        Assert.Equal($"web: {Real(after)}", PinOf.Pinned($"web: {Real(before)}", "web"));
        Assert.Equal(
            "list:\n" + Around.Replace("IMAGE", Real(after)),
            PinOf.Pinned("list:\n" + Around.Replace("IMAGE", Real(before)), "list[0].web"));
    }

    [Theory]
    [InlineData("digest: \"OLD\"", "digest: \"\"")]
    [InlineData("digest: 'OLD' # why", "digest: '' # why")]
    [InlineData("digest: OLD", "digest: \"\"")]
    [InlineData("digest: ''", "digest: ''")]
    [InlineData("digest:", "digest:")]
    public void Taking_a_digest_out_leaves_the_tag(string before, string after) =>
        Assert.Equal(Block + after, PinOf.Unpinned(Block + Real(before), "web"));

    [Theory]
    [InlineData("web: 'a/b:v1@OLD' # why", "web: 'a/b:v1' # why")]
    [InlineData("web: a/b:v1", "web: a/b:v1")]
    public void Taking_a_digest_out_of_an_image_leaves_its_name_and_tag(string before, string after) =>
        Assert.Equal(after, PinOf.Unpinned(Real(before), "web"));

    [Fact]
    public void A_digest_that_is_served_still_is_written_as_it_was()
    {
        var text = $"web: {{repository: a/b, tag: v1, digest: {Some.A}}}\njob: a/b:v1@{Some.A}\n";
        Assert.Equal(text, PinOf.Pinned(text, "web", "job"));
    }

    [Fact]
    public void Only_the_images_that_are_named_change()
    {
        const string Images = """
            images:
              web: {repository: a/web, tag: v1, digest: ''}
              job: {repository: a/job, tag: v1, digest: ''}

            """;
        const string Text = Images + "web: {repository: a/web, tag: v1, digest: ''}\n";
        var served = $"'{Some.A}'";
        Assert.Equal(Text.Replace("a/job, tag: v1, digest: ''", $"a/job, tag: v1, digest: {served}"),
            PinOf.Pinned(Text, "images.job"));
        Assert.Equal(Images.Replace("''", served) + Text[Images.Length..], PinOf.Pinned(Text));
        Assert.Equal(Text.Replace("''", served), PinOf.Pinned(Text, "web", "images.job", "images.web"));
    }

    private static string Real(string text) =>
        text.Replace("OLD", Some.B.ToString()).Replace("NEW", Some.A.ToString());
}
