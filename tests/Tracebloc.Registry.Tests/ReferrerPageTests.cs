using System.Globalization;
using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Registry.Tests;

/// <summary>Pages of referrers, read entry by entry: what is kept, and what that takes.</summary>
public sealed class ReferrerPageTests
{
    private const string Kind = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private int _asked;

    private ReferrerFilter Filter => new(
        type =>
        {
            _asked++;
            return type == Kind;
        },
        "kind",
        value => value is null or "signature");

    [Fact]
    public void A_page_is_filtered_as_it_comes()
    {
        var page = Page(Enumerable.Range(0, 6000).Select(i => Entry(i)));

        var (list, taken) = Read(page);

        Assert.Equal(16, list.Found.Count);
        Assert.False(list.IsComplete);
        Assert.Equal(1000, _asked);
        Assert.InRange(taken, 0, page.Length);
    }

    [Theory]
    [InlineData("\"annotations\":{{{0}}}")]
    [InlineData("\"artifactType\":\"{0}\"")]
    [InlineData("\"unknown\":[{{}},[{0}]]")]
    public void A_megabyte_of_what_is_not_looked_at_takes_no_memory(string format)
    {
        var filler = format switch
        {
            ['"', 'a', 'n', ..] => string.Join(',', Enumerable.Range(0, 80_000).Select(i => $"\"{i:x5}\":\"\"")),
            ['"', 'a', 'r', ..] => new string('x', 1 << 20),
            _ => string.Join(',', Enumerable.Repeat("0", 1 << 19)),
        };
        var member = string.Format(CultureInfo.InvariantCulture, format, filler);

        var (list, taken) = Read(Page([Entry(1, member), Entry(2, Likely)]));

        Assert.Equal([(2, true), (1, false)], list.Found.Select(found => (IndexOf(found), found.IsLikely)));
        Assert.InRange(taken, 0, 64 << 10);
    }

    [Fact]
    public void Likely_ones_are_kept_wherever_they_stand_and_each_once()
    {
        var entries = Enumerable.Range(0, 500).Select(i => Entry(i)).Concat([Entry(900, Likely), Entry(900, Likely)]);

        var (list, _) = Read(Page(entries));

        Assert.Equal((900, true), (IndexOf(list.Found[0]), list.Found[0].IsLikely));
        Assert.Equal(17, list.Found.Count);
    }

    [Theory]
    [InlineData(16, 16, true)]
    [InlineData(17, 16, false)]
    [InlineData(16, 17, false)]
    [InlineData(1, 0, true)]
    public void A_list_is_complete_unless_one_was_left_out(int likely, int others, bool isComplete)
    {
        var entries = Enumerable.Range(0, likely).Select(i => Entry(i, Likely))
            .Concat(Enumerable.Range(likely, others).Select(i => Entry(i)));

        Assert.Equal(isComplete, Read(Page(entries)).List.IsComplete);
    }

    [Theory]
    [InlineData("\"annotations\":{\"kind\":\"contents\"}", false)]
    [InlineData("\"annotations\":{\"kind\":\"signature\",\"other\":\"x\"}", true)]
    [InlineData("\"annotations\":{\"other\":{\"kind\":\"contents\"}}", true)]
    [InlineData("\"annotations\":null", true)]
    [InlineData("\"annotations\":{\"kind\":null}", true)]
    [InlineData("\"config\":{\"artifactType\":\"x\",\"digest\":\"x\"}", true)]
    public void The_entrys_own_members_rank_it(string member, bool isLikely) =>
        Assert.Equal(isLikely, Assert.Single(Read(Page([Entry(1, $"{Likely},{member}")])).List.Found).IsLikely);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"manifests\":{}}")]
    [InlineData("{\"manifests\":[null]}")]
    [InlineData("{\"manifests\":[{}]}")]
    [InlineData("{\"manifests\":[{\"digest\":\"sha1:1\"}]}")]
    [InlineData("{\"manifests\":[{\"digest\":null}]}")]
    [InlineData("{\"manifests\":[{\"digest\":\"\\ud800\"}]}")]
    [InlineData("{\"manifests\":[{\"artifactType\":\"\\ud800\"}]}")]
    [InlineData("{\"manifests\":[{\"annotations\":{\"\\ud800\":\"\"}}]}")]
    [InlineData("{\"\\ud800\":[]}")]
    [InlineData("{\"manifests\":[{\"annotations\":[]}]}")]
    [InlineData("{\"manifests\":[")]
    [InlineData("{\"manifests\":[]")]
    public void A_page_that_is_no_list_is_none(string json) =>
        Assert.NotNull(ReferrerPage.Read(Encoding.UTF8.GetBytes(json), new ReferrerCollector(Filter)));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"manifests\":null}")]
    [InlineData("{\"manifests\":[],\"annotations\":{\"manifests\":\"x\"}}")]
    public void An_empty_list_is_one(string json) => Assert.Empty(Read(json).List.Found);

    private static string Likely => $"\"artifactType\":\"{Kind}\"";

    private (ReferrerList List, long Taken) Read(string page)
    {
        var json = Encoding.UTF8.GetBytes(page);
        var taken = Allocations.Of(json, page => ReferrerPage.Read(page, new ReferrerCollector(Filter)));
        _asked = 0;
        var collector = new ReferrerCollector(Filter);
        Assert.Null(ReferrerPage.Read(json, collector));
        return (collector.ToList(), taken);
    }

    private static string Page(IEnumerable<string> entries) => $"{{\"manifests\":[{string.Join(',', entries)}]}}";

    private static string Entry(int index, string? member = null) =>
        $"{{\"mediaType\":\"x\",\"digest\":\"sha256:{index:x64}\"{(member is null ? "" : $",{member}")}}}";

    private static int IndexOf(Referrer referrer) =>
        int.Parse(referrer.Digest.Hex.AsSpan(56), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
