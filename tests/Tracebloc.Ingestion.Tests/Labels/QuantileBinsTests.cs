using System.Globalization;
using System.Text;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Tests.Columns;

namespace Tracebloc.Ingestion.Tests.Labels;

public sealed class QuantileBinsTests
{
    [Theory]
    [InlineData("INT", "1..100", 10, "10.5 20.5 30.5 40.5 50.5 60.5 70.5 80.5 90.5")]
    [InlineData("DOUBLE", "1..100", 4, "25.5 50.5 75.5")]
    [InlineData("INT", "1..100", 4, "25.5 50.5 75.5")]
    [InlineData("INT", "-100..-1", 2, "-50.5")]
    [InlineData("INT", "1000..1099", 1, "")]
    public void Cuts_lie_between_values(string type, string range, int bins, string cuts) =>
        Assert.Equal(cuts, Text(Cut(type, Range(range), bins)));

    [Theory]
    [InlineData("INT", "3", "9", "6")]
    [InlineData("INT", "199999", "700001", "500000")]
    [InlineData("INT", "-1", "1", "0")]
    [InlineData("INT", "-3", "-2", "-2.5")]
    [InlineData("INT", "-1", "0", "-0.5")]
    [InlineData("BIGINT", "-9223372036854775808", "9223372036854775807", "0")]
    [InlineData("DOUBLE", "1.13", "1.17", "1.15")]
    [InlineData("DOUBLE", "187342.5", "211499.99", "200000")]
    [InlineData("DOUBLE", "-1.7e308", "1.7e308", "0")]
    [InlineData("DOUBLE", "0", "5e-324", null)]
    [InlineData("DECIMAL(9,2)", "10.01", "10.02", "10.015")]
    public void A_cut_has_few_digits(string type, string lower, string upper, string? cut) =>
        Assert.Equal(cut ?? "", Text(Cut(type, Enumerable.Repeat(lower, 5).Concat(Enumerable.Repeat(upper, 5)), 2)));

    [Fact]
    public void Equal_values_share_a_bin_and_fewer_bins_are_explained()
    {
        var boundaries = Cut("INT", Enumerable.Repeat("1", 50).Concat(Enumerable.Repeat("2", 50)), 10);

        Assert.Equal("1.5", Text(boundaries));
        Assert.Equal(
            "2 bins instead of 10: 100 rows with a value, some of them equal, allow no more of at least 5 rows each",
            boundaries.Remark);
    }

    [Fact]
    public void Too_few_rows_make_one_bin()
    {
        var boundaries = Cut("INT", ["1", "2", "3"], 10);

        Assert.Empty(boundaries.Cuts);
        Assert.StartsWith("1 bin instead of 10: 3 rows with a value", boundaries.Remark);
    }

    [Fact]
    public void No_row_makes_one_bin() => Assert.Empty(Cut("INT", [], 10).Cuts);

    [Theory]
    [InlineData("INT", "7", "7.0")]
    [InlineData("INT", "-0", "0")]
    [InlineData("DOUBLE", "1", "1.0")]
    [InlineData("DOUBLE", "-0", "0")]
    [InlineData("DOUBLE", "100", "1e2")]
    [InlineData("DOUBLE", "1.", "1")]
    [InlineData("DOUBLE", ".5", "0.5")]
    [InlineData("DOUBLE", "-.5e1", "-5")]
    [InlineData("DOUBLE", "5.e3", "5000")]
    [InlineData("DOUBLE", "1e-99999999999", "0")]
    [InlineData("DECIMAL(9,2)", "1.50", "1.5")]
    public void Notations_of_a_number_are_one_value(string type, string one, string other) =>
        Assert.Equal(Key(type, one), Key(type, other));

    [Theory]
    [InlineData("INT")]
    [InlineData("DOUBLE")]
    public void Cuts_read_back_for_another_run(string type)
    {
        var cuts = Cut("DOUBLE", Range("1..100"), 4);
        Assert.True(BinBoundaries.TryParse([.. cuts.Cuts.Select(cut => cut.Text)], ReadCell.Type(type), out var read));

        Assert.Equal(
            [0, 0, 1, 1, 2, 2, 3, 3],
            new[] { "-5", "25", "26", "50", "51", "75", "76", "1000" }.Select(value => read.IndexOf(Key(type, value))));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("2 1")]
    [InlineData("Infinity")]
    public void Faulty_cuts_are_rejected(string texts) =>
        Assert.False(BinBoundaries.TryParse(texts.Split(' '), ReadCell.Type("DOUBLE"), out _));

    [Theory]
    [InlineData("5.0", 0)]
    [InlineData("50.5", 1)]
    [InlineData("51", 1)]
    [InlineData(null, -1)]
    public void A_bucketed_label_leaves_as_the_index_of_its_bin(string? value, int bin)
    {
        var label = new LabelSpecification("price", LabelPolicy.Bucket, new());
        var labels = new OutgoingLabels(label, ReadCell.Type("DOUBLE"), Cut("DOUBLE", Range("1..100"), 2));

        var outgoing = labels.Of(value is null, Encoding.UTF8.GetBytes(value ?? ""));

        Assert.Equal((null, bin), (outgoing.Text, outgoing.Bin));
    }

    [Theory]
    [InlineData("cat", "cat")]
    [InlineData(null, null)]
    public void A_label_that_passes_through_leaves_as_it_is(string? value, string? text)
    {
        var labels = new OutgoingLabels(
            new("kind", LabelPolicy.Passthrough, null), ReadCell.Type("VARCHAR(9)"), boundaries: null);

        var outgoing = labels.Of(value is null, Encoding.UTF8.GetBytes(value ?? ""));

        Assert.Equal((text, null), (outgoing.Text, outgoing.Bin));
    }

    [Fact]
    public void A_bucketed_label_needs_bins() => Assert.Throws<ArgumentException>(
        () => new OutgoingLabels(new("price", LabelPolicy.Bucket, new()), ReadCell.Type("INT"), boundaries: null));

    private static ulong Key(string type, string value)
    {
        var canonical = ReadCell.By(type, value);
        return LabelKey.Of(ReadCell.Type(type), Encoding.UTF8.GetBytes(canonical));
    }

    private static BinBoundaries Cut(string type, IEnumerable<string> values, int bins)
    {
        var keys = values.Select(value => Key(type, value)).ToList();
        using var sorter = new KeySorter("");
        foreach (var key in keys) sorter.Add(key);
        return QuantileBins.Cut(
            sorter.Sorted(),
            keys.Count,
            new() { Bins = bins, MinBinSize = 5 },
            ReadCell.Type(type).IsInteger);
    }

    private static IEnumerable<string> Range(string range)
    {
        var ends = range.Split("..").Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], ends[1] - ends[0] + 1).Select(i => $"{i}");
    }

    private static string Text(BinBoundaries boundaries) =>
        string.Join(' ', boundaries.Cuts.Select(cut => cut.Text));
}
