using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Describing;

/// <summary>Validates a data set on this machine, by the code that validates it in the cluster.</summary>
internal sealed class LocalValidation(Screen screen)
{
    private const string NotRun =
        "spec.processors are not run on this machine: columns are validated in the cluster, before anything is loaded";

    /// <param name="specification">The description.</param>
    /// <param name="data">The places on this machine.</param>
    /// <param name="token">Ends the validation.</param>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public async Task<ValidationResult> RunAsync(
        IngestSpecification specification, DatasetFolder data, CancellationToken token)
    {
        var source = new SourceFile(data.Source, Path.GetFileName(specification.Source));
        var form = specification.SourceForm;
        var scratch = Directory.CreateTempSubdirectory("tracebloc-");
        using var line = screen.Progress();
        try
        {
            var validation = new DatasetValidation(
                form,
                (expected, again) => RecordSource.OpenAsync(source with { Expected = expected }, form, again),
                scratch.FullName,
                screen.Time)
            {
                WithoutColumns = specification.Processors.Count > 0 ? NotRun : null,
            };
            return await validation.RunAsync(
                FilesValidation.Of(specification, data),
                new Reported<ValidationProgress>(at => line.Show(() =>
                    $"Validating: {ValidationText.Counted(at.Rows, "row")}, {HumanSize.Of(at.Bytes)}")),
                token);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
