using Tracebloc.Cli.Looking;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Cli.Describing;

/// <summary>Reads the rows of a data set that is not described yet, by the reader of the ingestor.</summary>
internal static class CsvFile
{
    /// <summary>Opens the file and reads its columns.</summary>
    /// <exception cref="CliException">It cannot be read, or has no header.</exception>
    public static async Task<RecordReader> OpenAsync(FoundFile rows, CancellationToken token)
    {
        try
        {
            return await RecordSource.OpenCsvAsync(new(rows.Path, rows.Name), new(), token);
        }
        catch (ReadingException fault)
        {
            throw new CliException(CliExit.Local, fault.Message, fault);
        }
    }

    /// <summary>The columns of the file.</summary>
    /// <exception cref="CliException">It cannot be read, or has no header.</exception>
    public static async Task<RecordHeader> HeaderAsync(FoundFile rows, CancellationToken token)
    {
        await using var reader = await OpenAsync(rows, token);
        return reader.Header;
    }

    /// <summary>The first cell of a column; null without the column or a row.</summary>
    public static async Task<byte[]?> FirstCellAsync(FoundFile rows, string column, CancellationToken token)
    {
        await using var reader = await OpenAsync(rows, token);
        if (reader.Header.IndexOf(column) is not (>= 0 and var at)) return null;
        while (await reader.ReadAsync(token) is { } batch)
            using (batch)
                if (batch.Count > 0) return batch[0, at].ToArray();
        return null;
    }

    /// <summary>Requires a column that a flag names.</summary>
    /// <exception cref="CliException">The file has none of this name.</exception>
    public static void Require(string flag, RecordHeader header, string column)
    {
        if (header.Find(column) >= 0) return;
        throw new CliException(
            CliExit.Usage,
            $"{flag}: {header.File} has no column \"{column}\"; "
            + (Suggestion.For(column, header.Names) is { } meant ? $"did you mean \"{meant}\"?" : ListOf(header)));
    }

    /// <summary>The first columns, for a remedy.</summary>
    public static string ListOf(RecordHeader header) =>
        $"it has {string.Join(", ", header.Names.Take(20).Select(name => $"\"{name}\""))}"
        + (header.Names.Count > 20 ? $" and {header.Names.Count - 20} more" : "");
}
