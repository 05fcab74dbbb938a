using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published program leaves the end of its run in the termination message.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunEndTests(RealDatabases databases) : IAsyncLifetime
{
    private const string Houses = "tabular_regression";

    private RunScene _scene = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Log => Path.Combine(_scene.Volume, "termination-log");

    public async ValueTask InitializeAsync()
    {
        _scene = await RunScene.StartAsync(databases[ServerKind.MySql], Token);
        await File.WriteAllTextAsync(Log, "", Token);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_registered_run_leaves_its_summary_and_so_does_its_repetition()
    {
        var first = await RunAsync(exit: 0);
        var second = await RunAsync(exit: 0);

        Assert.Equal(120, (int)JsonNode.Parse(first.Summary ?? "{}")!["inserted_records"]!);
        Assert.Equal(first, second);
        Assert.False(first.IsUndone);
    }

    [Fact]
    public async Task A_rejected_batch_is_final_and_the_run_was_taken_back()
    {
        _scene.Backend.Answer("/global_meta/houses_train/", FakeReply.Of(400, "no"));

        var end = await RunAsync(exit: 1);

        Assert.Equal((1, true, true), (end.ExitCode, end.IsFinal, end.IsUndone));
        Assert.Contains("failed: 400: no", end.Error);
    }

    [Fact]
    public async Task A_backend_that_is_away_is_not_final()
    {
        _scene.Backend.Answer("/global_meta/houses_train/", FakeReply.Of(501, "later"));

        var end = await RunAsync(exit: 1);

        Assert.Equal((false, true), (end.IsFinal, end.IsUndone));
    }

    [Fact]
    public async Task Invalid_data_is_final_and_nothing_was_begun()
    {
        await _scene.WriteAsync(Houses, "rows.csv", rows => rows.Replace("2,31.5", "two,31.5"));

        var end = await RunAsync(exit: 1);

        Assert.Equal((true, true), (end.IsFinal, end.IsUndone));
    }

    [Fact]
    public async Task A_table_that_does_not_fit_is_final_and_nothing_was_begun()
    {
        await _scene.QueryAsync("CREATE TABLE houses_train (id BIGINT PRIMARY KEY)", Token);

        var end = await RunAsync(exit: 1);

        Assert.Equal((true, true), (end.IsFinal, end.IsUndone));
    }

    [Fact]
    public async Task An_undo_leaves_that_nothing_is_there_and_of_a_registered_run_that_it_stays()
    {
        (await _scene.UndoAsync(Houses, "key", ("TERMINATION_LOG", Log))).AssertExit(0);
        Assert.Equal(new RunEnd { IsUndone = true }, Read());

        await RunAsync(exit: 0);
        (await _scene.UndoAsync(Houses, "key", ("TERMINATION_LOG", Log))).AssertExit(1);
        Assert.Equal((true, false), (Read().IsFinal, Read().IsUndone));
    }

    private async Task<RunEnd> RunAsync(int exit)
    {
        (await _scene.Start(Houses, "key", ("TERMINATION_LOG", Log)).Result).AssertExit(exit);
        return Read();
    }

    private RunEnd Read() => RunEnd.Find(File.ReadAllText(Log)) ?? new RunEnd { Error = "(no message)" };
}
