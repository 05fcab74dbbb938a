using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Validates a slice of a data set's rows, of which <see cref="MergedValidation"/> knows the rest.</summary>
/// <param name="specification">The data set.</param>
/// <param name="file">The file of its rows.</param>
/// <param name="scratch">A folder for scratch files.</param>
/// <param name="time">The clock.</param>
public sealed class SliceValidation(
    IngestSpecification specification, SourceFile file, string scratch, TimeProvider time)
{
    /// <summary>The reason to validate a data set by one pass; null where slices give the same.</summary>
    public static string? ReasonAgainst(IngestSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return specification.Format == SourceFormat.Json ? "its rows are JSON, and a part of that is none"
            : specification.Processors.Count > 0 ? "its processors see all rows in their order"
            : specification.Rules.Folders.Count > 0 ? "its rows name files, which are looked up together"
            : specification.Rules.Validators.Contains(ValidatorName.SequenceId)
                ? "its rows belong to sequences, which may be anywhere"
            : LabelColumn.TypeOf(specification)?.Base is SqlBase.Date or SqlBase.DateTime or SqlBase.Timestamp
                ? "its labels are dates, which are compared in the order of day and month of all rows"
            : null;
    }

    /// <summary>Validates a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="progress">Is reported to after each batch of rows; null for none.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <exception cref="ReadingException">The file cannot be opened, or holds no columns.</exception>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public async Task<ValidatedSlice> RunAsync(
        SourceSlice slice, IProgress<ValidationProgress>? progress, CancellationToken cancellationToken)
    {
        await using var reader = await RecordSource.OpenSliceAsync(file, slice, specification, cancellationToken);
        var validators = ValidationRun.InOrder(
            specification, TableValidators.Of(specification, scratch, time));
        try
        {
            var pass = new ValidationPass(reader.Header, validators);
            await ValidationRun.PassAsync(reader, pass, progress, cancellationToken);
            return new ValidatedSlice(reader.Found ?? FoundSlice.None, pass, validators);
        }
        catch
        {
            foreach (var validator in validators.OfType<IDisposable>()) validator.Dispose();
            throw;
        }
    }
}
