using System.Runtime.CompilerServices;
using System.Text;
using Tracebloc.Ingestor.Processors;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Processors;

public sealed class PythonProcessorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("processor-");
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Other than the deadline of an answer, so that a test can wait for it.
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(61);

    // A wrapper on PATH, such as pyenv's, adds variables of its own.
    private static string Python =>
        ProcessorHost.FindPython(null, $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}")
        ?? throw new InvalidOperationException("python3 is not installed; the tests of processors need it");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_row_is_answered_by_the_class_with_its_arguments()
    {
        var answers = await TransformAsync(
            """
                def __init__(self, unit): self.unit = unit
                def process(self, row): return {**row, "price": float(row["price"]) * self.unit}
            """,
            ["""{"price":"2.5","street":"Höhe"}"""], """{"unit":2}""");

        Assert.Equal(["""{"price": 5.0, "street": "Höhe"}"""], answers);
    }

    [Fact]
    public async Task Thousands_of_rows_keep_their_order()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => $"{{\"i\": \"{i}\"}}").ToList();

        Assert.Equal<string?>(rows, await TransformAsync("    def process(self, row): return row", rows));
    }

    [Fact]
    public async Task A_row_that_is_dropped_has_no_answer()
    {
        var answers = await TransformAsync(
            "    def process(self, row): return row if row['a'] else None", ["""{"a": "x"}""", """{"a": ""}"""]);

        Assert.Equal(["""{"a": "x"}""", null], answers);
    }

    [Fact]
    public async Task Prints_of_a_processor_are_no_answers()
    {
        var answers = await TransformAsync(
            """
                def process(self, row):
                    print("{}"); import os; os.system("echo '{}'")
                    return row
            """,
            ["""{"a": "x"}"""]);

        Assert.Equal(["""{"a": "x"}"""], answers);
    }

    [Fact]
    public async Task A_processor_that_dies_is_reported_with_its_last_lines()
    {
        var error = await FailAsync(
            """
                def process(self, row):
                    if row["a"] == "2": raise ValueError("no 2")
                    return row
            """,
            ["""{"a": "1"}""", """{"a": "2"}""", """{"a": "3"}"""]);

        Assert.StartsWith($"Processor {Script} (Clean) ended at row 2 with exit code 1; its last lines: Trace", error);
        Assert.EndsWith(" | ValueError: no 2", error);
    }

    [Fact]
    public async Task Only_the_last_twenty_lines_are_reported()
    {
        var error = await FailAsync(
            """
                def process(self, row):
                    import sys, os
                    for i in range(1000): print("line", i)
                    os._exit(7)
            """,
            ["""{"a": "1"}"""]);

        Assert.EndsWith("with exit code 7; its last lines: " + string.Join(
            " | ", Enumerable.Range(980, 20).Select(i => $"line {i}")), error);
    }

    [Fact]
    public async Task A_class_that_is_missing_is_reported()
    {
        var error = await FailAsync("    pass\nClean = None\ndel Clean", ["""{"a": "1"}"""]);

        Assert.Contains("did not start with exit code 1", error);
        Assert.Contains("has no attribute 'Clean'", error);
    }

    [Fact]
    public async Task A_processor_that_hangs_is_ended_after_its_deadline()
    {
        var failing = FailAsync(
            """
                def process(self, row):
                    import time
                    print("waiting"); time.sleep(600)
            """,
            ["""{"a": "1"}"""]);
        await _time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(60), Cancelled);

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Contains("did not answer row 1 in time", await failing);
    }

    [Fact]
    public async Task A_processor_that_does_not_end_is_ended_after_its_deadline()
    {
        var failing = FailAsync(
            """
                def process(self, row):
                    import threading, time
                    threading.Thread(target=time.sleep, args=(600,)).start()
                    return row
            """,
            ["""{"a": "1"}"""]);
        await _time.WaitForTimerAsync(due => due == EndDeadline, Cancelled);

        _time.Advance(EndDeadline);

        Assert.Contains("did not end in time", await failing);
    }

    [Theory]
    [InlineData("[1]", "process returned list; return a dict, or None to drop the row")]
    [InlineData("{'a': [1]}", "its answer to row 1 has a nested value")]
    [InlineData("{'a': float('nan')}", "Out of range float values are not JSON compliant")]
    [InlineData("{'a': 'x' * 5000000}", "wrote more than 4 MiB in answer to row 1")]
    public async Task An_answer_that_is_no_row_ends_the_run(string answer, string message) =>
        Assert.Contains(
            message, await FailAsync($"    def process(self, row): return {answer}", ["""{"a": "1"}"""]));

    [Theory]
    [InlineData("nonsense", "its answer to row 1 is no JSON")]
    [InlineData("{} {}", "its answer to row 1 is no")]
    [InlineData("7", "its answer to row 1 is no JSON object")]
    public async Task A_line_that_is_no_answer_ends_the_run(string line, string message)
    {
        var script = $$"""
                def process(self, row):
                    import os, gc
                    for fd in range(3, 10):
                        try: os.write(fd, b"{{line}}\n")
                        except OSError: pass
                    import time; time.sleep(600)
            """;

        Assert.Contains(message, await FailAsync(script, ["""{"a": "1"}"""]));
    }

    [Fact]
    public async Task A_fault_of_the_rows_source_ends_the_processor()
    {
        Write("    def process(self, row): return row");

        await Assert.ThrowsAsync<IOException>(() => CollectAsync(Broken(Cancelled), "{}"));

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Broken([EnumeratorCancellation] CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return "{\"a\": \"1\"}"u8.ToArray();
            throw new IOException("the disk has failed");
        }
    }

    [Fact]
    public async Task A_processor_sees_none_of_the_program_s_environment()
    {
        var answers = await TransformAsync(
            """
                def process(self, row):
                    import os
                    return {"names": ",".join(sorted(os.environ))}
            """,
            ["{}"]);

        Assert.Equal("""{"names": "HOME,LANG,PATH,TMPDIR"}""", answers[0]);
    }

    private string Script => Path.Combine(_folder.FullName, "clean.py");

    private void Write(string members) => File.WriteAllText(Script, $"class Clean:\n{members}\n");

    private async Task<string> FailAsync(string members, IReadOnlyList<string> rows) =>
        (await Assert.ThrowsAsync<IngestorException>(() => TransformAsync(members, rows))).Message;

    private Task<List<string?>> TransformAsync(
        string members, IReadOnlyList<string> rows, string arguments = "{}")
    {
        Write(members);
        return CollectAsync(
            rows.Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(row)).ToAsyncEnumerable(), arguments);
    }

    private async Task<List<string?>> CollectAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> rows, string arguments)
    {
        var host = new ProcessorHost(
            Python, "/usr/bin:/bin", new IngestorDeadlines { ProcessorEnd = EndDeadline }, _time);
        var processor = new PythonProcessor(new(Script, "Clean", arguments), host);
        List<string?> answers = [];
        await foreach (var answer in processor.TransformAsync(rows, Cancelled))
            answers.Add(answer is { } line ? Encoding.UTF8.GetString(line.Span) : null);
        return answers;
    }
}
