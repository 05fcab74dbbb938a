using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

/// <summary>Rows that are validated by slices, against the same rows by one pass.</summary>
public sealed class MergedValidationTests : IDisposable
{
    private const int Tries = 400;

    private static readonly Validate Houses = new("tabular_regression", "{a: INT, d: DATE, s: VARCHAR(4), v: DOUBLE}")
    {
        Keys = "label: {column: v, policy: bucket, bins: 3, minBinSize: 5}\ndata_id: {strategy: column, column: id}",
    };

    private static readonly Validate Kinds = Validate.Classification("{a: DATETIME}");

    private static readonly Validate Forecast = new("time_series_forecasting", "{timestamp: TIMESTAMP, a: INT, v: INT}")
    {
        Keys = "label: {column: v, policy: bucket, bins: 2, minBinSize: 5}",
    };

    private static readonly Validate Survival = new("time_to_event_prediction", "{a: BOOL, v: INT}")
    {
        Keys = "label: {column: v, policy: passthrough}\ntime_column: t",
    };

    // Most cells are sound, and most rows end by a plain line end: some data sets are valid.
    private static readonly Gen<string> Ints = Gen.Frequency(
        (20, from n in Gen.Choose(-3, 12) select n.ToString(CultureInfo.InvariantCulture)),
        (2, Gen.Elements("", "NA", " 7 ", "\"5\"", "\" 6\"")), (1, Gen.Elements("x", "1.5")));

    private static readonly Gen<string> Dates = Gen.Frequency(
        (20, Gen.Elements("2001-02-03", "2002-03-04", "2003-05-06")), (4, Gen.Elements("3/4/2001", "05/06/2002")),
        (2, Gen.Elements("13/4/2001", "")), (1, Gen.Elements("4/13/2001", "2001-02-30", "3/4/2001 10:00")));

    private static readonly Gen<string> Texts = Gen.Frequency(
        (20, Gen.Elements("a", "b", " c ")),
        (4, Gen.Elements("\"x\ny\"", "\"\r\n\"", "\"\"\"\"", "\"a,b\"", "\\,", "é😀", "\"\n\n\"")),
        (1, Gen.Elements("\"12345\"", "\"", "\"a\"b", "1,2", "\0", "\"\n1,2,3,4\n\"")));

    private static readonly Gen<string> Ends = Gen.Frequency(
        (20, Gen.Constant("\n")), (6, Gen.Elements("\r\n", "\r", "\n\n", " \n", "\n \r\n")));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("merged-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Slices_of_a_regression_give_what_the_whole_gives() => Holds(
        Houses, "id,a,d,s,v",
        from id in Gen.Frequency((30, Gen.Choose(1, 5_000)), (1, Gen.Choose(1, 9))) select $"{id}", Ints, Dates, Texts,
        Ints);

    [Fact]
    public void Slices_of_a_classification_give_what_the_whole_gives() =>
        Holds(Kinds, "a,kind", Dates, Gen.Frequency((9, Gen.Constant("1")), (1, Texts)));

    [Fact]
    public void Slices_of_a_time_series_give_what_the_whole_gives() =>
        Holds(Forecast, "v,timestamp,a", Ints, Dates, Ints);

    [Fact]
    public void Slices_of_survival_times_give_what_the_whole_gives() =>
        Holds(Survival, "t,a,v", Ints, Gen.Elements("true", "false", "0", "x"), Ints);

    [Fact]
    public void Slices_without_a_column_give_what_the_whole_gives() => Holds(Houses, "id,A,s", Ints, Ints, Texts);

    [Fact]
    public void Slices_of_any_bytes_give_what_the_whole_gives() => Holds(
        Kinds,
        2 * Tries,
        from text in Gen.Elements<byte>([.. "a,\"\\\n\r1 ;é"u8, 0, 0xC3, 0xFF]).ArrayOf()
        from slices in Gen.Choose(1, 9)
        select ((byte[])[.. "a,kind\n"u8, .. text], slices));

    [Fact]
    public async Task Slices_of_many_windows_and_blocks_give_what_the_whole_gives()
    {
        var text = new StringBuilder("id,a,d,s,v\n");
        for (var row = 0; row < 200_000; row++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row},{row % 7},2001-02-03,\"l{row % 9}\n\",{row * 37L % 9_973}.5\n");
        for (var row = 0; row < 100; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row * 1_000},x,13/13/2001,12345,y\n1\n");

        var sliced = new SlicedRows(Houses, _folder.FullName);
        await sliced.WriteAsync(text.ToString());
        var merged = await sliced.MergedAsync(16);

        Assert.NotNull(merged);
        Assert.Equal(SlicedRows.Show(await sliced.WholeAsync()), SlicedRows.Show(merged));
        Assert.Equal(0, sliced.Again);
    }

    [Fact]
    public async Task Bins_of_more_values_than_memory_takes_are_those_of_the_whole()
    {
        var random = new Random(1);
        var rows = string.Concat(Enumerable.Range(0, 600_000).Select(_ => $"{random.NextDouble()}\n"));
        var sliced = new SlicedRows(
            new("tabular_regression", "{v: DOUBLE}") { Keys = "label: {column: v, policy: bucket}" }, _folder.FullName);
        await sliced.WriteAsync("v\n" + rows);

        var merged = await sliced.MergedAsync(5);

        Assert.NotNull(merged);
        Assert.True(merged.IsValid);
        Assert.Equal(9, merged.Boundaries?.Cuts.Count);
        Assert.Equal(SlicedRows.Show(await sliced.WholeAsync()), SlicedRows.Show(merged));
    }

    [Fact]
    public async Task Line_ends_within_quotes_are_passed_over_by_the_number_of_cells()
    {
        var sliced = new SlicedRows(Kinds, _folder.FullName);
        await sliced.WriteAsync("a,kind\n" + string.Concat(Enumerable.Repeat("2001-02-03,\"one\ntwo\nthree\"\n", 500)));

        var merged = await sliced.MergedAsync(16);

        Assert.Equal(500, merged?.Rows);
        Assert.Equal(0, sliced.Again);
    }

    [Fact]
    public async Task A_slice_whose_beginning_cannot_be_seen_is_read_again_behind_the_one_before()
    {
        var sliced = new SlicedRows(Kinds, _folder.FullName);
        var text = string.Concat(Enumerable.Repeat("2001-02-03,x\n", 50));
        await sliced.WriteAsync("a,kind\n" + string.Concat(Enumerable.Repeat($"2001-02-03,\"\n{text}\"\n", 20)));

        var merged = await sliced.MergedAsync(8);

        Assert.Equal(20, merged?.Rows);
        Assert.NotEqual(0, sliced.Again);
        Assert.Equal(20, (await sliced.WholeAsync()).Rows);
    }

    [Fact]
    public async Task Slices_whose_days_and_months_contradict_each_other_need_one_pass()
    {
        var sliced = new SlicedRows(Kinds, _folder.FullName);
        await sliced.WriteAsync("a,kind\n31/12/2001,1\n31/12/2001,2\n12/31/2001,1\n12/31/2001,2\n");

        Assert.Null(await sliced.MergedAsync(2));
        Assert.False((await sliced.WholeAsync()).IsValid);
    }

    [Theory]
    [InlineData("tabular_classification", null)]
    [InlineData("tabular_regression", null)]
    [InlineData("time_series_forecasting", null)]
    [InlineData("time_to_event_prediction", null)]
    [InlineData("time_series_classification", "its rows belong to sequences, which may be anywhere")]
    [InlineData("image_classification", "its rows name files, which are looked up together")]
    public void A_category_is_validated_by_slices_or_for_a_reason_by_one_pass(string category, string? reason)
    {
        var specification = new IngestSpecification
        {
            Category = category,
            Table = "t",
            Intent = Intent.Train,
            Source = "rows.csv",
            Format = SourceFormat.Csv,
        };

        Assert.Equal(reason, SliceValidation.ReasonAgainst(specification));
        Assert.NotNull(SliceValidation.ReasonAgainst(specification with { Format = SourceFormat.Json }));
    }

    [Fact]
    public void Findings_of_another_version_are_refused() =>
        Assert.Throws<InvalidDataException>(() => new StateReader([99], 0));

    private void Holds(Validate validate, string header, params Gen<string>[] columns)
    {
        var row = from cells in Gen.CollectToArray(columns) from end in Ends select string.Join(',', cells) + end;
        var files =
            from begin in Gen.Elements("", "\uFEFF", "\n\r\n")
            from rows in row.ListOf()
            from last in Gen.Elements("", "\n", "1", "\"")
            from slices in Gen.Choose(1, 9)
            select (Encoding.UTF8.GetBytes(begin + header + "\n" + string.Concat(rows) + last), slices);
        Holds(validate, Tries, files);
    }

    // Half of the files at least must be merged: the others are read by one pass.
    private void Holds(Validate validate, int tries, Gen<(byte[] Text, int Slices)> files)
    {
        var merges = 0;
        Prop.ForAll(
            files.ToArbitrary(),
            file =>
            {
                if (HoldsAsync(validate, file.Text, file.Slices).GetAwaiter().GetResult()) merges++;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(tries));
        Assert.InRange(merges, tries / 2, int.MaxValue);
    }

    private async Task<bool> HoldsAsync(Validate validate, byte[] text, int slices)
    {
        var sliced = new SlicedRows(validate, _folder.FullName);
        await sliced.WriteAsync(text);
        var whole = await sliced.WholeAsync();
        if (await sliced.MergedAsync(slices) is { } merged)
            Assert.Equal(SlicedRows.Show(whole), SlicedRows.Show(merged));
        else
            Assert.False(whole.IsValid);
        Assert.Empty(_folder.GetFiles("label-*"));
        return sliced.IsMerged;
    }
}
