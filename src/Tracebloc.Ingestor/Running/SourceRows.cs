using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Processors;

namespace Tracebloc.Ingestor.Running;

/// <summary>The rows of a data set: with processors the ones that they wrote, once for all passes.</summary>
/// <param name="specification">The data set.</param>
/// <param name="data">The places of its files.</param>
/// <param name="host">The machine of the processors; null: they are not run, and the rows are the source's.</param>
/// <param name="processed">The scratch file of the processors' rows.</param>
internal sealed class SourceRows(
    IngestSpecification specification, DatasetFolder data, ProcessorHost? host, string processed)
{
    private bool HasProcessors => specification.Processors.Count > 0;

    /// <summary>False where processors may change the columns and are not run.</summary>
    public bool HasColumns => !HasProcessors || host is not null;

    /// <summary>The form of the rows.</summary>
    public IngestSpecification Form => !HasProcessors ? specification
        : HasColumns ? ProcessedSource.FormOf(specification)
        : specification.SourceForm;

    /// <summary>The counts of the processors; null before they have run.</summary>
    public ProcessedSource? Processed { get; private set; }

    /// <summary>The bytes of a pass.</summary>
    public long Length => new FileInfo(Processed is null ? data.Source : processed).Length;

    private string Name => Path.GetFileName(specification.Source);

    /// <summary>Opens the rows. The first call runs the processors.</summary>
    /// <param name="expected">The source as an earlier pass saw it; null for the first.</param>
    /// <param name="token">Ends processors and reading.</param>
    /// <exception cref="IngestorException">A processor failed.</exception>
    /// <exception cref="ReadingException">The source cannot be read.</exception>
    public async Task<RecordReader> OpenAsync(SourceMark? expected, CancellationToken token)
    {
        var file = new SourceFile(data.Source, Name);
        if (HasProcessors && host is not null)
        {
            if (Processed is null)
            {
                var source = new ProcessedSource(specification, data, host);
                await source.WriteAsync(file, processed, token);
                Processed = source;
            }

            // Lines of messages are those of this file: the source's, as long as no row is dropped.
            file = new SourceFile(processed, $"{Name}, processed");
        }

        return await RecordSource.OpenAsync(file with { Expected = expected }, Form, token);
    }
}
