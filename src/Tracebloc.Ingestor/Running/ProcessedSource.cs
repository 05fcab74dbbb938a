using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Processors;
using Tracebloc.Net.Files;
using Tracebloc.Processes;

namespace Tracebloc.Ingestor.Running;

/// <summary>
/// Passes the rows of a source through its processors into a scratch file, a JSON array: what is validated there is
/// what is loaded, whatever a processor would answer the next time.
/// </summary>
internal sealed class ProcessedSource(IngestSpecification specification, DatasetFolder data, ProcessorHost host)
{
    /// <summary>The rows of the source.</summary>
    public long Read { get; private set; }

    /// <summary>The rows that a processor dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>The form of the scratch file: that of the source, but as JSON.</summary>
    public static IngestSpecification FormOf(IngestSpecification specification) =>
        specification with { Format = SourceFormat.Json, Processors = [] };

    /// <summary>Writes the scratch file.</summary>
    /// <exception cref="IngestorException">A processor failed.</exception>
    /// <exception cref="ReadingException">The source cannot be read.</exception>
    public async Task WriteAsync(SourceFile source, string target, CancellationToken token)
    {
        ProcessShield.Raise();
        await using var reader = await RecordSource.OpenAsync(source, specification.SourceForm, token);
        var rows = specification.Processors.Zip(data.Scripts, Processor).Aggregate(
            RowsAsync(reader, token), (each, processor) => KeptAsync(processor, each, token));
        await using var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
        var separator = "[\n"u8.ToArray();
        await foreach (var row in rows.WithCancellation(token))
        {
            await file.WriteAsync(separator, token);
            await file.WriteAsync(row, token);
            separator = ",\n"u8.ToArray();
        }

        await file.WriteAsync(separator[0] == (byte)'[' ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray(), token);
    }

    private PythonProcessor Processor(ProcessorSpecification processor, string script) =>
        UnlinkedFile.KindOf(script) switch
        {
            FileKind.Regular => new PythonProcessor(processor with { Script = script }, host),
            FileKind.Absent => throw new IngestorException(
                IngestorExit.Failed,
                $"spec.processors.script: {script} does not exist; check the path and that it is mounted")
            {
                IsFinal = true,
            },
            _ => throw new IngestorException(
                IngestorExit.Usage, $"spec.processors.script: {script} is no regular file; name the Python file"),
        };

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> RowsAsync(
        RecordReader reader, [EnumeratorCancellation] CancellationToken token)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (await reader.ReadAsync(token) is { } batch)
            using (batch)
            {
                if (batch.Faults is [var fault, ..]) throw new ReadingException(reader.Header.File, fault);
                for (var row = 0; row < batch.Count; row++)
                {
                    Read++;
                    buffer.ResetWrittenCount();
                    Write(buffer, reader.Header, batch, row);
                    yield return buffer.WrittenMemory;
                }
            }
    }

    private static void Write(ArrayBufferWriter<byte> buffer, RecordHeader header, RecordBatch batch, int row)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        for (var column = 0; column < header.Names.Count; column++)
            writer.WriteString(header.Names[column], batch[row, column]);
        writer.WriteEndObject();
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> KeptAsync(
        PythonProcessor processor,
        IAsyncEnumerable<ReadOnlyMemory<byte>> rows,
        [EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var answer in processor.TransformAsync(rows, token))
            if (answer is { } row) yield return row;
            else Dropped++;
    }
}
