using Microsoft.Extensions.Logging;
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
    private const string NotRun =
        "spec.processors were not run, because no python3 was found: columns were not validated; install python3, "
        + "or use the image of the ingestor whose tag ends in -python";

    /// <summary>Looks at the rows beside their validators; null for none.</summary>
    public IRowValidator? Beside { get; init; }

    /// <summary>Validates the rows, and the files with them.</summary>
    /// <param name="files">The validators of the files; null where the rows alone are validated.</param>
    /// <param name="token">Ends the validation.</param>
    /// <exception cref="IngestorException">A processor failed.</exception>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public async Task<ValidationResult> RunAsync(FilesValidation? files, CancellationToken token)
    {
        var validation = new DatasetValidation(rows.Form, rows.OpenAsync, scratch, time)
        {
            Beside = Beside,
            WithoutColumns = rows.HasColumns ? null : NotRun,
        };
        // The length of the rows is known once the processors have run.
        ProgressLog? progress = null;
        try
        {
            return await validation.RunAsync(
                files,
                new Reported<ValidationProgress>(
                    at => (progress ??= Progress("Validating")).Report(at.Rows, at.Bytes)),
                token);
        }
        finally
        {
            progress?.Dispose();
        }
    }

    /// <summary>The lines of progress of a pass over the rows.</summary>
    public ProgressLog Progress(string stage) => new(new(stage, "rows", rows.Length), logger, time);
}
