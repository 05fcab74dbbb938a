using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The readers beneath a feed, of any text in any pieces.</summary>
public sealed class FeedBytesTests
{
    [Fact]
    public void Lines_are_whole_or_cut_at_the_limit_however_they_arrive() => Check.QuickThrowOnFailure(
        Prop.ForAll((NonNull<string>[] texts, byte[] cuts) =>
        {
            const int limit = 8;
            var lines = texts.Select(text => Encoding.UTF8.GetBytes(text.Get.Replace('\n', ' '))).ToList();
            var all = lines.SelectMany(line => line.Append((byte)'\n')).ToArray();
            var read = ReadAsync(new LineReader(new Pieces(all, cuts), limit, cutsLong: true)).Result;

            return read.Count == lines.Count && read.Zip(lines).All(pair => pair.First.IsCut
                ? pair.Second.Length > limit - 1 && pair.Second.AsSpan().StartsWith(pair.First.Line)
                    && pair.First.Line.Length >= limit
                : pair.First.Line.AsSpan().SequenceEqual(pair.Second));
        }));

    [Fact]
    public void A_long_page_keeps_all_but_its_items() => Check.QuickThrowOnFailure(
        Prop.ForAll((NonNull<string>[] texts, NonNull<string> place, byte[] cuts) =>
        {
            var isSorted = cuts.Length % 2 == 0;
            var items = texts.Select(text => Object(text.Get).ToJsonString()).ToList();
            var metadata = new JsonObject
            {
                ["items"] = new JsonArray("no", "items"),
                ["continue"] = place.Get,
                ["resourceVersion"] = "7",
            };
            var list = $"\"items\" : [{string.Join(" ,", items)}]";
            var rest = $"\"metadata\":{metadata.ToJsonString()}";
            var json = Encoding.UTF8.GetBytes(isSorted ? $"{{{list},{rest}}}" : $"{{{rest},{list}}}");
            var page = new LongPage(int.MaxValue);
            foreach (var piece in Cut(json, cuts)) page.Take(piece);
            var kept = ListPage.Parse(page.Frame);

            return (kept.Continue, kept.ResourceVersion, kept.Items.Count, page.Count)
                == (Whole(place.Get), "7", 0, items.Count)
                && (items is not [var first, ..] || ObjectBytes.Identity(page.Beginning.Span)
                    == ObjectBytes.Identity(Encoding.UTF8.GetBytes(first)));
        }));

    [Fact]
    public void A_page_is_cut_into_its_items_byte_for_byte() => Check.QuickThrowOnFailure(
        Prop.ForAll((NonNull<string>[] texts) =>
        {
            var items = texts.Select(text => Object(text.Get).ToJsonString()).ToList();
            var json = $"{{\"items\":[{string.Join(",\n ", items)}],\"metadata\":{{\"continue\":\"\"}}}}";

            return ListPage.Parse(Encoding.UTF8.GetBytes(json)).Items
                .Select(item => Encoding.UTF8.GetString(item.Span)).SequenceEqual(items);
        }));

    [Fact]
    public void A_list_that_comes_in_pieces_is_cut_into_its_items_byte_for_byte() => Check.QuickThrowOnFailure(
        Prop.ForAll((NonNull<string>[] texts, byte[] cuts) =>
        {
            var isSorted = cuts.Length % 2 == 0;
            var items = texts.Select(text => Object(text.Get).ToJsonString()).ToList();
            var list = items.Count == 0 && cuts.Length > 3 ? "\"items\":null"
                : $"\"items\" : [{string.Join(" ,", items)}]";
            const string rest = """ "kind":"List","metadata":{"items":["no"],"resourceVersion":"7","more":{}}""";
            var json = Encoding.UTF8.GetBytes(isSorted ? $"{{{list},{rest}}}" : $"{{{rest},{list}}}");
            using var stream = new ListStream(new Pieces(json, cuts), int.MaxValue);

            return ItemsAsync(stream).Result.SequenceEqual(items) && stream.ResourceVersion == "7";
        }));

    [Fact]
    public async Task A_list_is_read_in_the_memory_of_its_longest_item()
    {
        const int limit = 512 * 1024;
        var items = Enumerable.Range(0, 100).Select(number => Object(new string('x', number * 1_000)).ToJsonString());
        var json = Encoding.UTF8.GetBytes($"{{\"items\":[{string.Join(',', items)}],\"metadata\":{{}}}}");
        using var stream = new ListStream(new MemoryStream(json), limit);
        Assert.Equal(items, await ItemsAsync(stream));

        using var tooLong = new ListStream(new MemoryStream(json), 256 * 1024);
        var failed = await Assert.ThrowsAnyAsync<JsonException>(() => ItemsAsync(tooLong));
        Assert.Equal("a part of the list is longer than 262144 bytes", failed.Message);
    }

    [Fact]
    public void An_identity_is_read_of_the_beginning_of_an_object_as_soon_as_it_is_there() => Check.QuickThrowOnFailure(
        Prop.ForAll((NonNull<string> text, byte cut) =>
        {
            var json = Encoding.UTF8.GetBytes(Object(text.Get).ToJsonString());
            var whole = ObjectBytes.Identity(json);
            var part = ObjectBytes.Identity(json.AsSpan(0, json.Length * cut / byte.MaxValue));

            return whole is not null && (part is null || part == whole);
        }));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"metadata":5}""")]
    [InlineData("""{"metadata":{"name":"a","uid":{},"resourceVersion":"1"}}""")]
    [InlineData("""{"metadata":{"name":"a","uid":"\udc00","resourceVersion":"1"}}""")]
    [InlineData("""{"metadata":{"name":"a","uid":"1"}}""")]
    public void An_object_without_a_name_uid_and_version_has_no_identity(string json) =>
        Assert.Null(ObjectBytes.Identity(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"metadata":{"annotations":{"k8s.io/initial-events-end":"true"}}}""", true)]
    [InlineData("""{"metadata":{"annotations":{"k8s.io/initial-events-end":"false"}}}""", false)]
    [InlineData("""{"metadata":{"annotations":{"other":"true"}}}""", false)]
    [InlineData("""{"metadata":{"annotations":null}}""", false)]
    [InlineData("""{"metadata":{}}""", false)]
    public void One_bookmark_ends_a_streamed_list(string json, bool isEnd) =>
        Assert.Equal(isEnd, ObjectBytes.IsEndOfList(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[],"metadata":5}""")]
    [InlineData("""{"items":[{]}""")]
    public void What_is_no_list_is_not_read_as_an_empty_one(string json) =>
        Assert.ThrowsAny<JsonException>(() => ListPage.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_list_of_nothing_may_be_null() =>
        Assert.Empty(ListPage.Parse("""{"items":null,"metadata":{}}"""u8.ToArray()).Items);

    [Theory]
    [InlineData("9", "10", true)]
    [InlineData("10", "9", false)]
    [InlineData("10", "10", false)]
    [InlineData("99999999999999999999", "100000000000000000000", true)]
    [InlineData("a", "b", false)]
    [InlineData("09", "10", false)]
    [InlineData("", "10", false)]
    [InlineData(null, "10", false)]
    public void Versions_are_ordered_as_numbers_of_any_length(string? version, string other, bool isBelow) =>
        Assert.Equal(isBelow, VersionOrder.IsBelow(version, other));

    private static JsonObject Object(string text) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["annotations"] = new JsonObject { ["a"] = text },
            ["name"] = "a",
            ["resourceVersion"] = "1",
            ["uid"] = "1-2-3",
        },
        ["spec"] = new JsonArray(text, text),
    };

    // Halves of surrogate pairs become replacement characters on their way.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<byte[]> Cut(byte[] bytes, byte[] cuts)
    {
        var at = 0;
        foreach (var cut in cuts)
        {
            var end = Math.Min(bytes.Length, at + (cut % 7)); // pieces that are shorter than most texts
            yield return bytes[at..end];
            at = end;
        }

        yield return bytes[at..];
    }

    private static async Task<List<(byte[] Line, bool IsCut)>> ReadAsync(LineReader reader)
    {
        List<(byte[], bool)> lines = [];
        while (await reader.ReadAsync(CancellationToken.None) is { } line) lines.Add((line.ToArray(), reader.IsCut));
        return lines;
    }

    private static async Task<List<string>> ItemsAsync(ListStream list)
    {
        List<string> items = [];
        while (!list.IsDone)
            if (list.TryTake(out var item)) items.Add(Encoding.UTF8.GetString(item.Span));
            else if (!list.IsDone) await list.FillAsync(CancellationToken.None);
        return items;
    }

    /// <summary>A stream that comes in pieces.</summary>
    private sealed class Pieces(byte[] bytes, byte[] cuts) : Net.AsyncStream
    {
        private readonly Queue<byte[]> _pieces = new(Cut(bytes, cuts).Where(piece => piece.Length > 0));

        public override bool CanRead => true;

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_pieces.TryDequeue(out var piece)) return ValueTask.FromResult(0);
            piece.CopyTo(buffer);
            return ValueTask.FromResult(piece.Length);
        }
    }
}
