using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Labels;

public sealed class QuantileProperties : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantiles-");

    // Few distinct values make ties; many make gaps of all sizes.
    private static Gen<double[]> Values => Gen.Sized(size => Gen.OneOf(
        Gen.Choose(-3, 3).Select(value => (double)value),
        Gen.Choose(-1000, 1000).Select(value => value / 8.0),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => value.Get)).ArrayOf(3 * size));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Keys_sort_as_their_numbers_do() => Check(Values, values => Assert.Equal(
        values.Select(value => value == 0 ? 0 : value).Order(),
        values.Select(LabelKey.Of).Order().Select(LabelKey.Number)));

    [Fact]
    public void A_number_of_few_digits_has_the_key_of_its_double() => Check(
        Gen.Zip(ArbMap.Default.GeneratorFor<long>(), Gen.Choose(0, 15)), number =>
        {
            var (digits, scale) = (number.Item1 % 1_000_000_000_000_000, number.Item2);
            var text = (digits / Exact(scale)).ToString(CultureInfo.InvariantCulture);

            Assert.Equal(
                LabelKey.Of(double.Parse(text, CultureInfo.InvariantCulture)),
                LabelKey.Of(new(SqlBase.Double), Encoding.UTF8.GetBytes(text)));
        });

    [Fact]
    public void Integers_sort_as_their_numbers_do() => Check(
        ArbMap.Default.GeneratorFor<long[]>(),
        values => Assert.Equal(values.Order(), values.Select(LabelKey.Of).Order().Select(LabelKey.Integer)));

    [Fact]
    public void Any_budget_gives_the_groups_of_a_plain_sort() => Check(
        Gen.Zip(Values, Gen.Choose(16, 400)), test =>
        {
            var (values, budget) = test;
            using var sorter = Sorted(values, budget);

            Assert.Equal(
                values.Select(LabelKey.Of).CountBy(key => key).OrderBy(group => group.Key)
                    .Select(group => new KeyRun(group.Key, group.Value)),
                sorter.Sorted());
            Assert.Equal(values.Length, sorter.Count);
        });

    [Fact]
    public void The_order_of_rows_and_the_budget_change_no_cut() => Check(
        Gen.Zip(Values, Gen.Choose(16, 400)), test =>
        {
            var (values, budget) = test;

            Assert.Equal(Cut(values, KeySorter.Budget).Cuts, Cut([.. values.Reverse()], budget).Cuts);
            Assert.Equal(Cut(values, KeySorter.Budget).Cuts, Cut([.. values.Order()], budget).Cuts);
        });

    [Fact]
    public void Each_bin_holds_enough_rows_and_no_cut_is_an_end() => Check(Values, values =>
    {
        var boundaries = Cut(values, KeySorter.Budget);
        var sizes = values.GroupBy(value => boundaries.IndexOf(LabelKey.Of(value))).ToList();

        Assert.Equal(values.Length == 0 ? 0 : boundaries.Bins, sizes.Count);
        Assert.All(sizes, bin => Assert.True(bin.Count() >= 5 || boundaries.Bins == 1));
        Assert.DoesNotContain(boundaries.Cuts, cut => cut.Key == LabelKey.Of(values.Max()));
        Assert.DoesNotContain(boundaries.Cuts, cut => cut.Key == LabelKey.Of(values.Min()));
        Assert.Equal(boundaries.Cuts.Select(cut => cut.Key).Distinct().Order(), boundaries.Cuts.Select(cut => cut.Key));
    });

    [Fact]
    public void Distinct_values_make_bins_of_equal_size() => Check(Gen.Choose(50, 2_000), count =>
    {
        var boundaries = Cut([.. Enumerable.Range(0, count).Select(i => i * 1.5)], KeySorter.Budget);
        var sizes = Enumerable.Range(0, count)
            .CountBy(i => boundaries.IndexOf(LabelKey.Of(i * 1.5))).Select(bin => bin.Value).ToList();

        Assert.Equal(10, sizes.Count);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    });

    [Fact]
    public void The_scratch_file_is_gone_in_the_end()
    {
        using (var sorter = Sorted([.. Enumerable.Range(0, 1_000).Select(i => (double)i)], 800))
        {
            Assert.Equal(19, sorter.Runs);
            Assert.Single(_folder.GetFiles());
        }

        Assert.Empty(_folder.GetFiles());
    }

    private static decimal Exact(int scale) => Enumerable.Repeat(10m, scale).Aggregate(1m, (power, ten) => power * ten);

    private static void Check<T>(Gen<T> values, Action<T> check) =>
        Prop.ForAll(values.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private BinBoundaries Cut(double[] values, int budget)
    {
        using var sorter = Sorted(values, budget);
        return QuantileBins.Cut(
            sorter.Sorted(), sorter.Count, new BucketOptions { MinBinSize = 5 }, isInteger: false);
    }

    private KeySorter Sorted(IEnumerable<double> values, int budget)
    {
        var sorter = new KeySorter(_folder.FullName, budget);
        foreach (var value in values) sorter.Add(LabelKey.Of(value));
        return sorter;
    }
}
