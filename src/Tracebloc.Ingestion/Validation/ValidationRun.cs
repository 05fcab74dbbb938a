using System.Threading.Channels;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Validates a data set: one pass over its rows feeds all validators, beside others of its files.</summary>
public static class ValidationRun
{
    private const int BatchesAhead = 3;

    /// <summary>Runs all validators to their end, whatever they find.</summary>
    /// <param name="input">The data set.</param>
    /// <param name="progress">Is reported to after each batch of rows; null for none.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public static async Task<ValidationResult> RunAsync(
        ValidationInput input, IProgress<ValidationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = TableValidators.Of(input.Specification, input.Scratch, input.Time);
        try
        {
            var rows = new ValidationPass(
                input.Records.Header, InOrder(input.Specification, [.. input.Rows, .. columns]));
            IReadOnlyList<Findings> folders = [.. input.Folders.Select(each => new Findings(each.Name))];
            await Task.WhenAll(
            [
                WholeAsync(input.Records, rows, progress, cancellationToken),
                .. input.Folders.Zip(folders, (each, found) =>
                    Task.Run(() => each.CheckAsync(found, cancellationToken), cancellationToken)),
            ]);
            if (input.Reopen is { } open && columns.OfType<DataIdValidator>().FirstOrDefault() is { } ids)
                await ids.LocateAsync(open, rows.Of(ids), cancellationToken);
            return Result(input.Specification, columns, rows, folders) with { Mark = input.Records.Mark };
        }
        finally
        {
            foreach (var validator in columns.OfType<IDisposable>()) validator.Dispose();
        }
    }

    private static async Task WholeAsync(
        RecordReader records,
        ValidationPass pass,
        IProgress<ValidationProgress>? progress,
        CancellationToken cancellationToken)
    {
        await PassAsync(records, pass, progress, cancellationToken);
        pass.End();
    }

    /// <summary>Feeds all records to a pass, without its end. One thread reads, and one validates.</summary>
    internal static async Task PassAsync(
        RecordReader records,
        ValidationPass pass,
        IProgress<ValidationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<RecordBatch>(
            new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(records, channel.Writer, cancellationToken), cancellationToken);
        try
        {
            pass.Begin();
            await foreach (var batch in channel.Reader.ReadAllAsync(cancellationToken))
            {
                using (batch) pass.Look(batch);
                progress?.Report(new(pass.Rows, records.BytesRead));
            }
        }
        finally
        {
            // The reader has ended before its source is closed, also when a validator failed.
            channel.Writer.TryComplete();
            await reading;
        }

        pass.EscapedCells = records.EscapedCells;
    }

    private static async Task ReadAsync(
        RecordReader records, ChannelWriter<RecordBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            while (await records.ReadAsync(cancellationToken) is { } batch)
                await batches.WriteAsync(batch, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // Validation has ended early.
        }
        finally
        {
            batches.TryComplete();
        }
    }

    internal static IReadOnlyList<IRowValidator> InOrder(
        IngestSpecification specification, IReadOnlyList<IRowValidator> validators)
    {
        var names = specification.Rules.Validators.Select(name => name.ToString()).ToList();
        return [.. validators.OrderBy(each => names.IndexOf(each.Name) is >= 0 and var at ? at : 99)];
    }

    /// <summary>The result of a pass that has ended, without the mark of its source.</summary>
    internal static ValidationResult Result(
        IngestSpecification specification,
        IReadOnlyList<IRowValidator> columns,
        ValidationPass rows,
        IReadOnlyList<Findings> folders)
    {
        var names = specification.Rules.Validators.Select(name => name.ToString()).Prepend(ReadingFindings.Name);
        var order = names.ToList();
        var data = columns.OfType<DataValidator>().FirstOrDefault();
        var time = columns.OfType<TimeFormatValidator>().FirstOrDefault();
        KeyValuePair<string, DateOrder>[] timestamp = time?.Order is { } known ? [known] : [];
        var label = columns.OfType<LabelValidator>().FirstOrDefault();
        return new()
        {
            Findings =
            [
                .. rows.Findings.Concat(folders)
                    .OrderBy(each => order.IndexOf(each.Validator) is >= 0 and var at ? at : order.Count),
            ],
            Rows = rows.Rows,
            Mark = null,
            Boundaries = columns.OfType<NumericLabelValidator>().FirstOrDefault()?.Boundaries,
            DateOrders = (data?.DateOrders ?? []).Concat(timestamp).ToDictionary(),
            Nulls = [.. data?.Nulls ?? [], .. label?.Nulls is { } nulls ? [nulls] : Array.Empty<ColumnNulls>()],
            Trimmed = [.. data?.Trimmed ?? [], .. label?.Trimmed is { } one ? [one] : Array.Empty<TrimmedCells>()],
        };
    }
}
