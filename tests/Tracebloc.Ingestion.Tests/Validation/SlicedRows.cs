using System.Text;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Validation;

/// <summary>Validates rows whole, and by slices as pods do: each sees nothing but its file and its slice.</summary>
internal sealed class SlicedRows(Validate validate, string folder)
{
    private static readonly ManualTimeProvider Time = new(Validate.Now);

    private readonly IngestSpecification _specification = validate.Specification();
    private readonly SourceFile _file = new(Path.Combine(folder, "rows.csv"), "rows.csv");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The slices whose beginning was guessed wrong, and that were read again.</summary>
    public int Again { get; private set; }

    /// <summary>False where the whole must be read by one pass.</summary>
    public bool IsMerged { get; private set; } = true;

    public Task WriteAsync(string text) => File.WriteAllTextAsync(_file.Path, text, Token);

    public Task WriteAsync(byte[] text) => File.WriteAllBytesAsync(_file.Path, text, Token);

    public Task<ValidationResult> WholeAsync() =>
        new DatasetValidation(_specification, OpenAsync, folder, Time).RunAsync(null, null, Token);

    /// <returns>Null where the whole must be read by one pass.</returns>
    public async Task<ValidationResult?> MergedAsync(int most)
    {
        (Again, IsMerged) = (0, true);
        RecordHeader header;
        try
        {
            await using var reader = await OpenAsync(null, Token);
            header = reader.Header;
        }
        catch (ReadingException unreadable)
        {
            return ValidationResult.Unreadable(unreadable);
        }

        using var merged = new MergedValidation(_specification, header, folder, Time);
        var at = 0L;
        foreach (var slice in SourceSlice.Cut(new FileInfo(_file.Path).Length, most))
        {
            if (at >= slice.To) continue;
            using var guessed = await SliceAsync(slice);
            using var exact = guessed.Found.Follows(slice, at)
                ? null : await SliceAsync(new(at, slice.To, IsExact: true));
            if (exact is not null) Again++;
            var right = exact ?? guessed;
            if (!merged.TryMerge(right.Found, right.State))
            {
                IsMerged = false;
                return null;
            }

            foreach (var (validator, chunk) in right.Keys) merged.AddKeys(validator, chunk);
            at = right.Found.End;
            if (!right.Found.IsWhole) break;
        }

        var result = await merged.EndAsync(OpenAsync, Token);
        if (result.Mark is { } mark) await AssertPartsAsync(merged.Parts, mark);
        return result;
    }

    /// <summary>Everything that a run writes or keeps of a validation.</summary>
    public static string Show(ValidationResult result) => new StringBuilder()
        .Append(ValidationText.Of(result))
        .AppendJoin('\n', result.Findings.Select(each => $"{each.Validator} {each.Total} {each.First.Count}"))
        .Append('\n')
        .Append($"{result.Rows} rows, {result.Faults} faults\n")
        .AppendJoin('\n', result.Remarks).Append('\n')
        .AppendJoin(' ', result.DateOrders.Select(order => $"{order.Key}={order.Value}")).Append('\n')
        .AppendJoin(' ', result.Boundaries?.Cuts.Select(cut => $"{cut.Text} {cut.Key}") ?? []).Append('\n')
        .Append(result.IsValid ? $"{result.Mark}" : "").ToString();

    // The parts that are loaded afterwards.
    private async Task AssertPartsAsync(IReadOnlyList<ValidatedPart> parts, SourceMark mark)
    {
        var (whole, rows) = (await RecordsAsync(_file), 0L);
        foreach (var part in parts)
        {
            var records = await RecordsAsync(_file with { Expected = mark, Range = part.Range });
            Assert.Equal((rows, part.Rows), (part.FirstRow, records.Count));
            Assert.Equal(whole.Skip((int)rows).Take(records.Count), records);
            rows += part.Rows;
        }

        Assert.Equal(whole.Count, rows);
    }

    private async Task<List<string>> RecordsAsync(SourceFile file)
    {
        var records = new List<string>();
        await using var reader = await RecordSource.OpenAsync(file, _specification, Token);
        while (await reader.ReadAsync(Token) is { } batch)
            using (batch)
                for (var row = 0; row < batch.Count; row++)
                    records.Add($"{batch.OffsetOf(row)} {batch.LineOf(row)} " + string.Join('|', Enumerable
                        .Range(0, batch.ColumnCount).Select(column => Encoding.UTF8.GetString(batch[row, column]))));
        return records;
    }

    private Task<ValidatedSlice> SliceAsync(SourceSlice slice) =>
        new SliceValidation(_specification, _file, folder, Time).RunAsync(slice, null, Token);

    private Task<RecordReader> OpenAsync(SourceMark? mark, CancellationToken token) =>
        RecordSource.OpenAsync(_file with { Expected = mark }, _specification, token);
}
