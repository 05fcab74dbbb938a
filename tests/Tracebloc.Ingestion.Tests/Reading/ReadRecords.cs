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

    public static Task<ReadRecords> OfCsvAsync(byte[] bytes, CsvOptions? options = null, int window = 512 << 10) =>
        OfAsync(async token => await CsvReader.OpenAsync(
            new SourceContent(new MemoryStream(bytes), "rows.csv"), options ?? new CsvOptions(), token, window));

    public static Task<ReadRecords> OfJsonAsync(string text, int window = 256 << 10, params string[] required) =>
        OfAsync(async token => await JsonReader.OpenAsync(
            new SourceContent(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.json"), required, token, window));

    public override string ToString() =>
        string.Join('\n', [string.Join('|', Names), .. Rows, .. Faults.Select(fault => $"! {fault}")]);

    private static async Task<ReadRecords> OfAsync(Func<CancellationToken, Task<RecordReader>> open)
    {
        var token = TestContext.Current.CancellationToken;
        var (rows, faults) = (new List<string>(), new List<string>());
        try
        {
            await using var reader = await open(token);
            while (await reader.ReadAsync(token) is { } batch)
            {
                using (batch)
                {
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
