using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Opens the file of a data set's rows, whatever its format.</summary>
public static class RecordSource
{
    /// <summary>Opens the file and reads its columns.</summary>
    /// <param name="file">The file.</param>
    /// <param name="specification">Its format and options.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="ReadingException">The file cannot be opened, or holds no columns.</exception>
    /// <exception cref="IOException">The file cannot be read on, or is not the one of the earlier pass.</exception>
    public static async Task<RecordReader> OpenAsync(
        SourceFile file, IngestSpecification specification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(specification);
        if (file.Range is { } range) return await OpenPartAsync(file, range, specification, cancellationToken);
        var content = new SourceContent(Open(file), file.Name, file.Expected);
        return specification.Format == SourceFormat.Json
            ? await JsonReader.OpenAsync(content, RequiredBy(specification), cancellationToken)
            : await CsvReader.OpenAsync(content, specification.Csv, cancellationToken);
    }

    /// <summary>Opens a slice of a CSV file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="specification">The format of the file and its options.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>A reader that has found the place of its records once it is at its end.</returns>
    /// <exception cref="ReadingException">The file cannot be opened, or holds no columns.</exception>
    /// <exception cref="IOException">The file cannot be read on.</exception>
    public static async Task<RecordReader> OpenSliceAsync(
        SourceFile file, SourceSlice slice, IngestSpecification specification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(slice);
        ArgumentNullException.ThrowIfNull(specification);
        if (specification.Format == SourceFormat.Json)
            throw new ArgumentException("A slice is one of a CSV file.", nameof(specification));
        var header = slice.From == 0 ? null : await HeaderAsync(file, specification, cancellationToken);
        var stream = Open(file);
        long? begin = slice.From;
        if (!slice.IsExact && header is not null)
            begin = await new SliceStart(specification.Csv, header.Names.Count)
                .FindAsync(stream, slice.From, cancellationToken);
        if (header is not null && (begin is null || begin >= slice.To))
        {
            await stream.DisposeAsync();
            return new NoRecords(
                header, begin is { } at ? new(at, at, 0, IsWhole: true, []) : FoundSlice.None);
        }

        stream.Position = begin ?? 0;
        var start = new CsvStart(header, new(begin ?? 0, long.MaxValue, 1))
        {
            To = slice.To,
            // A wrong guess within quotes ends at no line end.
            LongestRecord = slice.IsExact ? CsvReader.LongestRecord : CsvReader.LongestGuess,
        };
        return await CsvReader.OpenPartAsync(
            new SourceContent(stream, file.Name), specification.Csv, start, cancellationToken);
    }

    /// <summary>Opens a CSV file that no specification describes yet, and reads its columns.</summary>
    /// <param name="file">The file, all of it.</param>
    /// <param name="options">Its form.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="ReadingException">The file cannot be opened, or holds no columns.</exception>
    /// <exception cref="IOException">The file cannot be read on.</exception>
    public static async Task<RecordReader> OpenCsvAsync(
        SourceFile file, CsvOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return await CsvReader.OpenAsync(
            new SourceContent(Open(file), file.Name, file.Expected), options, cancellationToken);
    }

    /// <summary>The words that stand for a missing value in the rows of a data set.</summary>
    public static NullWords NullsOf(IngestSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return specification.Rules.Format == DataFormat.Tabular ? NullWords.Tabular : NullWords.Others;
    }

    private static async Task<RecordReader> OpenPartAsync(
        SourceFile file, SourceRange range, IngestSpecification specification, CancellationToken cancellationToken)
    {
        if (specification.Format == SourceFormat.Json || file.Expected is null)
            throw new ArgumentException("A part is one of a CSV file that an earlier pass has read.", nameof(file));
        var header = await HeaderAsync(file, specification, cancellationToken);
        var content = new SourceContent(Open(file), file.Name, file.Expected, range);
        return await CsvReader.OpenPartAsync(content, specification.Csv, new(header, range), cancellationToken);
    }

    private static async Task<RecordHeader> HeaderAsync(
        SourceFile file, IngestSpecification specification, CancellationToken cancellationToken)
    {
        await using var whole = await CsvReader.OpenAsync(
            new SourceContent(Open(file), file.Name), specification.Csv, cancellationToken);
        return whole.Header;
    }

    private static FileStream Open(SourceFile file)
    {
        try
        {
            return RegularFile.OpenOnce(file.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReadingException(file.Name, new(0, 0, 0, FileFault.Describe(file.Path, e)));
        }
    }

    private static List<string> RequiredBy(IngestSpecification specification)
    {
        string?[] single = [specification.Label?.Column, specification.DataId.Column, specification.TimeColumn];
        return [.. specification.Schema.Select(column => column.Name), .. single.OfType<string>()];
    }
}
