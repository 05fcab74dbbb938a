using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net;
using Tracebloc.Processes;

namespace Tracebloc.Ingestor.Processors;

/// <summary>
/// A Python class that rows pass through, in a process of its own: see <c>shim.py</c>. It gets neither this process's
/// environment nor its open files; as a child of the same user it is kept from reading them by
/// <see cref="ProcessShield"/>.
/// </summary>
/// <param name="specification">The class; its script is an absolute path.</param>
/// <param name="host">The interpreter and the deadlines.</param>
internal sealed class PythonProcessor(ProcessorSpecification specification, ProcessorHost host)
{
    private const int RowsInFlight = 256, LinesOfErrors = 20, ErrorCharacters = 8 * 1024;

    /// <summary>Passes rows through it, a few hundred at a time, and keeps their order.</summary>
    /// <param name="rows">JSON objects, each on one line without its end.</param>
    /// <param name="token">Ends the processor.</param>
    /// <returns>An answer for each row, a flat JSON object valid until the next; null for a dropped row.</returns>
    /// <exception cref="IngestorException">
    /// It cannot be started, dies, hangs, or answers with something else.
    /// </exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>?> TransformAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> rows, [EnumeratorCancellation] CancellationToken token)
    {
        using var stop = new CancellationTokenSource();
        await using var link = token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stop);
        await using var program = Start(stop.Token);
        var answers = new AnswerReader(program);
        await GreetAsync(program, answers, stop.Token);
        var flight = Channel.CreateBounded<long>(RowsInFlight);
        var writing = WriteAsync(program, rows, flight.Writer, stop.Token);
        try
        {
            await foreach (var row in flight.Reader.ReadAllAsync(stop.Token))
            {
                var line = await AnswerAsync(program, answers, row, stop.Token);
                yield return ProcessorAnswer.IsDropped(line.Span) ? default(ReadOnlyMemory<byte>?) : line;
            }

            await EndAsync(program, answers, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private StreamedProgram Start(CancellationToken token)
    {
        var run = new ProgramRun(
            host.Python,
            ["-I", "-B", "-c", ProcessorShim.Code, specification.Script, specification.Class],
            host.Deadlines.ProcessorRun)
        {
            Environment = host.Environment,
            IsIsolated = true,
            MaxOutput = ErrorCharacters,
        };
        try
        {
            return new ProgramRunner(host.Time).Start(run, token);
        }
        catch (ProgramStartException fault)
        {
            throw new IngestorException(IngestorExit.Failed, $"{Name} cannot be started: {fault.Message}", fault);
        }
    }

    private string Name => $"Processor {specification.Script} ({specification.Class})";

    private async Task GreetAsync(StreamedProgram program, AnswerReader answers, CancellationToken token)
    {
        using var deadline = new Deadline(host.Deadlines.ProcessorStart, host.Time, token);
        var arguments = Encoding.UTF8.GetBytes(specification.ArgumentsJson + "\n");
        await InTimeAsync(program, program.WriteAsync(arguments, deadline.Token), "start", deadline, token);
        if (await InTimeAsync(program, answers.ReadAsync(deadline.Token), "start", deadline, token) is null)
            throw await DiedAsync(program, "did not start", deadline, token);
    }

    private static async Task WriteAsync(
        StreamedProgram program,
        IAsyncEnumerable<ReadOnlyMemory<byte>> rows,
        ChannelWriter<long> flight,
        CancellationToken token)
    {
        try
        {
            var number = 0L;
            await foreach (var row in rows.WithCancellation(token))
            {
                await flight.WriteAsync(++number, token);
                // The reader finds the reason when no answer comes.
                if (!await program.WriteAsync(Line(row), token)) break;
            }

            program.CloseInput();
            flight.Complete();
        }
        catch (Exception fault)
        {
            // Of the source of the rows: it is thrown where the answers are read.
            flight.Complete(fault);
        }
    }

    private static byte[] Line(ReadOnlyMemory<byte> row)
    {
        var line = new byte[row.Length + 1];
        row.Span.CopyTo(line);
        line[^1] = (byte)'\n';
        return line;
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(
        StreamedProgram program, AnswerReader answers, long row, CancellationToken token)
    {
        using var deadline = new Deadline(host.Deadlines.ProcessorAnswer, host.Time, token);
        var line = await InTimeAsync(
            program, answers.ReadAsync(deadline.Token), $"answer row {row}", deadline, token);
        if (answers.IsOverrun)
            throw await KilledAsync(
                program, $"wrote more than {AnswerReader.Longest / 1024 / 1024} MiB in answer to row {row}", token);
        if (line is not { } answer) throw await DiedAsync(program, $"ended at row {row}", deadline, token);
        if (!ProcessorAnswer.IsDropped(answer.Span) && ProcessorAnswer.FaultOf(answer.Span) is { } fault)
            throw await KilledAsync(program, $"failed: its answer to row {row} {fault}", token);
        return answer;
    }

    private async Task EndAsync(StreamedProgram program, AnswerReader answers, CancellationToken token)
    {
        using var deadline = new Deadline(host.Deadlines.ProcessorEnd, host.Time, token);
        if (await InTimeAsync(program, answers.ReadAsync(deadline.Token), "end", deadline, token) is not null)
            throw await KilledAsync(program, "failed: it wrote more answers than it read rows", token);
        // A thread of the processor can outlive its output.
        var result = await InTimeAsync(program, program.EndAsync(deadline.Token), "end", deadline, token);
        if (result.ExitCode != 0) throw Fault($"failed with exit code {result.ExitCode}", result.Error);
    }

    private async Task<T> InTimeAsync<T>(
        StreamedProgram program, Task<T> work, string task, Deadline deadline, CancellationToken token)
    {
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw await KilledAsync(program, $"did not {task} in time", token);
        }
    }

    private async Task<IngestorException> DiedAsync(
        StreamedProgram program, string fault, Deadline deadline, CancellationToken token)
    {
        var result = await InTimeAsync(program, program.EndAsync(deadline.Token), "end", deadline, token);
        return Fault($"{fault} with exit code {result.ExitCode}", result.Error);
    }

    private async Task<IngestorException> KilledAsync(
        StreamedProgram program, string fault, CancellationToken token)
    {
        await program.DisposeAsync();
        return Fault(fault, (await program.EndAsync(token)).Error);
    }

    private IngestorException Fault(string fault, string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var end = lines.Length == 0 ? "" : $"; its last lines: {string.Join(" | ", lines.TakeLast(LinesOfErrors))}";
        return new IngestorException(IngestorExit.Failed, $"{Name} {fault}{end}");
    }
}
