using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary>The end of an attempt of <c>run</c> or <c>undo</c> is its container's termination message.</summary>
public sealed class AttemptEndTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attempt-");
    private readonly RecordingLogger _logger = new();
    private readonly Dictionary<string, string> _variables = new()
    {
        ["MYSQL_HOST"] = "127.0.0.1",
        ["DB_USER"] = "run",
        ["DB_PASSWORD"] = "secret",
        ["CLIENT_ENV"] = "local",
    };

    public AttemptEndTests()
    {
        _variables["INGEST_CONFIG"] = Write("ingest.yaml", SubmitScene.Houses);
        _variables["STORAGE_PATH"] = _folder.FullName;
        _variables["TERMINATION_LOG"] = Write("termination-log", "");
    }

    private RunEnd? End => RunEnd.Find(File.ReadAllText(_variables["TERMINATION_LOG"]));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_success_leaves_its_summary()
    {
        var code = await RunAsync(state => state.Summary = """{"inserted_records":120}""");

        Assert.Equal(IngestorExit.Done, code);
        Assert.Equal(new RunEnd { Summary = """{"inserted_records":120}""" }, End);
    }

    [Fact]
    public async Task An_undo_that_succeeded_leaves_that_nothing_is_there()
    {
        await RunAsync(state => state.IsUndone = true);

        Assert.Equal(new RunEnd { IsUndone = true }, End);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_failure_leaves_its_reason_and_the_two_facts(bool isFinal, bool isUndone)
    {
        var code = await RunAsync(state =>
        {
            state.IsUndone = isUndone;
            throw new IngestorException(IngestorExit.Failed, "Table houses does not fit") { IsFinal = isFinal };
        });

        Assert.Equal(IngestorExit.Failed, code);
        Assert.Equal(
            new RunEnd
            {
                Error = "Table houses does not fit",
                ExitCode = 1,
                IsFinal = isFinal,
                IsUndone = isUndone,
            },
            End);
        Assert.Equal("Error: Table houses does not fit", Assert.Single(_logger.Lines));
    }

    [Fact]
    public async Task A_failure_of_the_database_or_the_disk_is_not_final()
    {
        await RunAsync(_ => throw new DatabaseException(DatabaseFailure.Connection, "it went away"));
        Assert.Equal(new RunEnd { Error = "it went away", ExitCode = 1 }, End);

        await RunAsync(_ => throw new IngestorException(IngestorExit.NoDatabase, "not reached"));
        Assert.Equal(new RunEnd { Error = "not reached", ExitCode = 65 }, End);

        await RunAsync(_ => throw new IOException("no space left"));
        Assert.Equal(new RunEnd { Error = "no space left", ExitCode = 1 }, End);
    }

    [Fact]
    public async Task An_unforeseen_fault_is_not_final_and_goes_on_to_the_developers()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync(_ => throw new InvalidOperationException("a\nfault")));

        Assert.Equal(
            new RunEnd { Error = @"Unforeseen fault: InvalidOperationException: a\nfault", ExitCode = 1 }, End);
    }

    [Fact]
    public async Task A_signal_is_not_final()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => RunAsync(_ => throw new OperationCanceledException()));

        Assert.Equal(new RunEnd { Error = "The program was ended by a signal", ExitCode = 143 }, End);
    }

    [Fact]
    public async Task A_wrong_specification_is_final_and_nothing_was_begun()
    {
        Write("ingest.yaml", SubmitScene.Houses.Replace("INT", "INTT"));

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => RunAsync(_ => { }));

        Assert.Equal(
            new RunEnd { Error = error.Message, ExitCode = 2, IsFinal = true, IsUndone = true }, End);
    }

    [Theory]
    [InlineData("MYSQL_HOST", 64)]
    [InlineData("DB_USER", 2)]
    public async Task A_wrong_environment_is_final_and_nothing_was_begun(string name, int exit)
    {
        _variables.Remove(name);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(_ => { }));

        Assert.Equal(exit, Fault.ExitCodeOf(error));
        Assert.Equal(
            new RunEnd { Error = error.Message, ExitCode = exit, IsFinal = true, IsUndone = true }, End);
    }

    [Fact]
    public async Task A_missing_volume_is_final()
    {
        _variables["STORAGE_PATH"] = "/none";

        Assert.Equal(IngestorExit.Usage, await RunAsync(_ => { }));
        Assert.Equal((true, 2, false), (End?.IsFinal, End?.ExitCode, End?.IsUndone));
    }

    [Fact]
    public async Task Without_the_file_the_end_is_the_exit_code_alone()
    {
        File.Delete(_variables["TERMINATION_LOG"]);

        Assert.Equal(
            IngestorExit.Failed, await RunAsync(_ => throw new IngestorException(IngestorExit.Failed, "x")));
        Assert.False(File.Exists(_variables["TERMINATION_LOG"]));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<int> RunAsync(Action<RunState> work) =>
        await new SomeVerb(
            level => new ProgramContext(
                TimeProvider.System, _variables.GetValueOrDefault, _logger, new ResultWriter(() => Stream.Null)),
            _variables.GetValueOrDefault,
            work).ExecuteAsync(new RunOptions(), TestContext.Current.CancellationToken);

    private sealed class SomeVerb(
        Func<LogLevel, ProgramContext> context, Func<string, string?> variable, Action<RunState> work)
        : EnvironmentVerb("some", "Does some work.", context, variable)
    {
        public override string Examples => "";

        protected override Task WorkAsync(
            RunSetup setup, RunState state, ResultWriter output, CancellationToken token)
        {
            work(state);
            return Task.CompletedTask;
        }
    }
}
