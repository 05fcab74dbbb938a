using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// Validates a data set: the one path of every program, so that a laptop and the cluster give the same verdict.
/// </summary>
/// <param name="form">The form of the rows.</param>
/// <param name="open">Opens the rows: for the first pass, or as the mark of an earlier one demands.</param>
/// <param name="scratch">A folder for scratch files.</param>
/// <param name="time">The clock.</param>
public sealed class DatasetValidation(
    IngestSpecification form,
    Func<SourceMark?, CancellationToken, Task<RecordReader>> open,
    string scratch,
    TimeProvider time)
{
    /// <summary>Looks at the rows beside their validators; null for none.</summary>
    public IRowValidator? Beside { get; init; }

    /// <summary>The reason for which columns cannot be validated; null where they are.</summary>
    public string? WithoutColumns { get; init; }

    /// <summary>Validates the rows, and the files with them.</summary>
    /// <param name="files">The validators of the files; null where the rows alone are validated.</param>
    /// <param name="progress">Is reported to after each batch of rows; null for none.</param>
    /// <param name="cancellationToken">Ends the validation.</param>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public async Task<ValidationResult> RunAsync(
        FilesValidation? files, IProgress<ValidationProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await open(null, cancellationToken);
            var input = new ValidationInput(form, reader, scratch, time)
            {
                Rows =
                [
                    .. WithoutColumns is null && files is not null ? files.Rows : [],
                    .. Beside is null ? Array.Empty<IRowValidator>() : [Beside],
                ],
                Folders = files?.Folders ?? [],
                Reopen = again => open(reader.Mark, again),
            };
            var result = await ValidationRun.RunAsync(input, progress, cancellationToken);
            return WithoutColumns is null
                ? result
                : result with { HasColumns = false, Findings = [NotRun(WithoutColumns), .. result.Findings] };
        }
        catch (ReadingException unreadable)
        {
            return ValidationResult.Unreadable(unreadable);
        }
    }

    private static Findings NotRun(string reason)
    {
        var findings = new Findings("Processors");
        findings.Note(reason);
        return findings;
    }
}
