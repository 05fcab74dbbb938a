using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Ingestion.Tests.Reading;

public sealed class JsonReaderProperties
{
    private static readonly Gen<string> Pieces = Gen.Elements(
        "[", "]", "{", "}", ",", ":", "\"a\"", "\"b\"", "\"\\u00e9\"", "1", "-2.5e3", "true", "null", " ", "\n", "\"",
        "\\", "{\"a\":1}", ",{\"a\":\"x\"}", "[{\"a\":1}");

    [Fact]
    public void Any_text_is_records_or_faults() => Check(
        Pieces.ListOf().Select(parts => string.Concat(parts)),
        text => Assert.NotNull(ReadRecords.OfJsonAsync(text, required: "a").GetAwaiter().GetResult()));

    [Fact]
    public void Windows_change_nothing() => Check(
        Gen.Zip(Pieces.ListOf().Select(parts => "[{\"a\":0}" + string.Concat(parts)), Gen.Choose(3, 40)),
        file => Assert.Equal(
            ReadRecords.OfJsonAsync(file.Item1).GetAwaiter().GetResult().ToString(),
            ReadRecords.OfJsonAsync(file.Item1, file.Item2).GetAwaiter().GetResult().ToString()));

    [Fact]
    public void Written_texts_are_read_back() => Check(
        Gen.Zip(ArbMap.Default.GeneratorFor<string[]>(), Gen.Elements(true, false)),
        file =>
        {
            var encoder = file.Item2 ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            var texts = file.Item1.Select(text => text ?? "")
                .Where(text => !text.Contains('\0') && !text.Any(char.IsSurrogate)).ToList();
            if (texts.Count == 0) return;
            var json = string.Join(',', texts.Select(text => $"{{\"a\":\"{JsonEncodedText.Encode(text, encoder)}\"}}"));

            var read = ReadRecords.OfJsonAsync($"[{json}]").GetAwaiter().GetResult();

            Assert.Equal(
                texts.Select(text => $"«{text.Replace('\n', '␊').Replace('\r', '␍')}»"),
                read.Rows.Select(row => row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        });

    [Fact]
    public void Any_bytes_are_records_or_faults() => Check(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        bytes => Assert.NotNull(ReadRecords.OfJsonAsync(
            $"[{{\"a\":\"{Encoding.Latin1.GetString(bytes)}\"}}]").GetAwaiter().GetResult()));

    private static void Check<T>(Gen<T> values, Action<T> check) =>
        Prop.ForAll(values.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
}
