using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Ingestion.Tests.Reading;

public sealed partial class CsvReaderProperties
{
    private const string Header = "h,i\n";

    // Characters with a meaning come often, so that most texts are unusual ones.
    private static readonly Arbitrary<string> Texts = Gen
        .Elements("a", "b", "é", "😀", " ", ",", ",", "\"", "\"", "\\", "\n", "\n", "\r", "\r\n", "a,b\n", "\"x\",")
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Fact]
    public void A_file_is_read_as_the_slow_reader_reads_it() => Check(3_000, Texts, text =>
    {
        var fast = Read(text, 512 << 10);
        var slow = SlowCsv.Of(Header + text, 2);

        Assert.Equal(slow.Rows.Skip(1), fast.Rows.Select(WithoutOffset));
        Assert.Equal(slow.Faults, fast.Faults.Count);
    });

    [Fact]
    public void Windows_change_nothing() => Check(200, Texts, text =>
    {
        var whole = Read(text, 512 << 10).ToString();
        for (var window = 1; window <= Encoding.UTF8.GetByteCount(text) + 1; window++)
            Assert.Equal(whole, Read(text, window).ToString());
    });

    [Fact]
    public void Written_values_are_read_back() => Check(
        1_000,
        Gen.Zip(Gen.Elements("\n", "\r\n", "\r"), ArbMap.Default.GeneratorFor<string[]>()).ToArbitrary(),
        file =>
        {
            var (lineEnd, values) = file;
            var cells = values
                .Select(value => (value ?? "").Replace("\0", "").ReplaceLineEndings("\n"))
                .Where(value => !value.Any(char.IsSurrogate))
                .ToList();
            var text = Header + string.Concat(cells.Select(cell =>
                $"1,\"{cell.Replace("\\", "\\\\").Replace("\"", "\"\"")}\"{lineEnd}"));

            var read = ReadRecords.OfCsvAsync(text).GetAwaiter().GetResult();

            Assert.Equal(
                cells.Select(cell => $"1|«{cell.Replace('\n', '␊')}»"),
                read.Rows.Select(row => row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        });

    [Fact]
    public void Any_bytes_are_records_or_faults() => Check(
        2_000,
        Gen.Zip(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(), Gen.Choose(1, 80)).ToArbitrary(),
        file => Assert.NotNull(
            ReadRecords.OfCsvAsync([.. "h,i\n"u8, .. file.Item1], window: file.Item2).GetAwaiter().GetResult()));

    private static ReadRecords Read(string text, int window) =>
        ReadRecords.OfCsvAsync(Header + text, window: window).GetAwaiter().GetResult();

    private static string WithoutOffset(string row) => Offset().Replace(row, ":", 1);

    private static void Check<T>(int tests, Arbitrary<T> values, Action<T> check) =>
        Prop.ForAll(values, check).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    [GeneratedRegex(@"@\d+:")]
    private static partial Regex Offset();
}
