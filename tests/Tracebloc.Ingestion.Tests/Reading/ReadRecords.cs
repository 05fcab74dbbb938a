using System.Text;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Reading;

/// <summary>All records of a text, as text, a quoted value in «…».</summary>
internal sealed record ReadRecords(
    IReadOnlyList<string> Names, IReadOnlyList<string> Rows, IReadOnlyList<string> Faults)
{
    public static Task<ReadRecords> OfCsvAsync(string text, CsvOptions? options = null, int window = 512 << 10) =>
        OfCsvAsync(Encoding.UTF8.GetBytes(text), options, window);

    public static async Task<ReadRecords> OfCsvAsync(byte[] bytes, CsvOptions? options = null, int window = 512 << 10)
    {
        var token = TestContext.Current.CancellationToken;
        var content = new SourceContent(new MemoryStream(bytes), "rows.csv");
        return await OfAsync(() => OpenAsync(content, options ?? new CsvOptions(), window), token);
    }

    public static Task<ReadRecords> OfJsonAsync(string text, int window = 256 << 10, params string[] required) =>
        OfAsync(
            async () => await JsonReader.OpenAsync(
                new SourceContent(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.json"),
                required,
                TestContext.Current.CancellationToken,
                window),
            TestContext.Current.CancellationToken);

    public override string ToString() =>
        string.Join('\n', [string.Join('|', Names), .. Rows, .. Faults.Select(fault => $"! {fault}")]);

    private static async Task<RecordReader> OpenAsync(SourceContent content, CsvOptions options, int window) =>
        await CsvReader.OpenAsync(content, options, TestContext.Current.CancellationToken, window);

    private static async Task<ReadRecords> OfAsync(Func<Task<RecordReader>> open, CancellationToken token)
    {
        var (rows, faults) = (new List<string>(), new List<string>());
        try
        {
            await using var reader = await open();
            while (await reader.ReadAsync(token) is { } batch)
            {
                using (batch)
                {
                    Assert.Equal(rows.Count, batch.FirstRow);
                    rows.AddRange(Enumerable.Range(0, batch.Count).Select(row => Row(batch, row)));
                    faults.AddRange(batch.Faults.Select(Fault));
                }
            }

            // Only a source that was read to its end has a mark.
            Assert.True(reader.Mark is not null || faults.Count > 0);
            return new(reader.Header.Names, rows, faults);
        }
        catch (ReadingException e)
        {
            return new([], rows, [Fault(e.Fault)]);
        }
    }

    private static string Row(RecordBatch batch, int row)
    {
        var cells = Enumerable.Range(0, batch.ColumnCount).Select(column =>
        {
            var cell = batch.CellAt(row, column);
            var text = Encoding.UTF8.GetString(cell.Text).Replace('\n', '␊').Replace('\r', '␍');
            return cell.WasQuoted ? $"«{text}»" : text;
        });
        return $"{batch.LineOf(row)}@{batch.OffsetOf(row)}: {string.Join('|', cells)}";
    }

    private static string Fault(ReadingFault fault) =>
        $"{fault.Line}:{fault.Column}@{fault.Offset}: {fault.Message}";
}
