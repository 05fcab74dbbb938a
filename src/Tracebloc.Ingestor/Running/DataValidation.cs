using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Progress;

namespace Tracebloc.Ingestor.Running;

/// <summary>Validates a data set: the one path of <c>ingestor run</c> and <c>ingestor validate</c>.</summary>
/// <param name="rows">Its rows.</param>
/// <param name="scratch">A folder for scratch files.</param>
/// <param name="logger">Takes the progress.</param>
/// <param name="time">The clock.</param>
internal sealed class DataValidation(SourceRows rows, string scratch, ILogger logger, TimeProvider time)
{
    /// <summary>Looks at the rows beside their validators; null for none.</summary>
    public IRowValidator? Beside { get; init; }

    /// <summary>Validates the rows, and the files with them.</summary>
    /// <param name="files">The validators of the files; null where the rows alone are validated.</param>
    /// <param name="token">Ends the validation.</param>
    /// <exception cref="IngestorException">A processor failed.</exception>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public async Task<ValidationResult> RunAsync(FilesValidation? files, CancellationToken token)
    {
        try
        {
            await using var reader = await rows.OpenAsync(expected: null, token);
            using var progress = Progress("Validating");
            var input = new ValidationInput(rows.Form, reader, scratch, time)
            {
                Rows =
                [
                    .. rows.HasColumns && files is not null ? files.Rows : [],
                    .. Beside is null ? Array.Empty<IRowValidator>() : [Beside],
                ],
                Folders = files?.Folders ?? [],
                Reopen = again => rows.OpenAsync(reader.Mark, again),
            };
            var result = await ValidationRun.RunAsync(
                input, new Reported<ValidationProgress>(at => progress.Report(at.Rows, at.Bytes)), token);
            return rows.HasColumns
                ? result
                : result with { HasColumns = false, Findings = [NotRun(), .. result.Findings] };
        }
        catch (ReadingException unreadable)
        {
            return ValidationResult.Unreadable(unreadable);
        }
    }

    /// <summary>The lines of progress of a pass over the rows.</summary>
    public ProgressLog Progress(string stage) => new(new(stage, "rows", rows.Length), logger, time);

    private static Findings NotRun()
    {
        var findings = new Findings("Processors");
        findings.Note(
            "spec.processors were not run, because no python3 was found: columns were not validated; install python3, "
            + "or use the image of the ingestor whose tag ends in -python");
        return findings;
    }
}
