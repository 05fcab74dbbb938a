using Microsoft.Extensions.Logging.Abstractions;
using Tracebloc.Configuration;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Tests.Volume;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>The order of a removal, which can be cut off anywhere; real servers show that it removes.</summary>
public sealed class DatasetRemovalTests : IDisposable
{
    private readonly VolumeFixture _volume = new();
    private bool _isKnown = true;
    private string? _folder = "cats";
    private string? _cutAt;
    private string _phase = "registered";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public DatasetRemovalTests() => _volume.Write(_volume.MakeFolder("cats"), "a.jpg");

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task The_journal_goes_last_and_in_one_transaction()
    {
        var sent = await RemoveAsync();

        var (dropped, forgotten) = (At(sent, "DROP TABLE IF EXISTS `cats`"), At(sent, "DELETE FROM tracebloc_ingest"));
        Assert.InRange(dropped, 0, forgotten);
        Assert.DoesNotContain("COMMIT", sent[forgotten..At(sent, "DELETE FROM tracebloc_ingest_v1_tables")]);
        Assert.Empty(_volume.Placed);
    }

    [Theory]
    [InlineData("DROP TABLE", true)]
    [InlineData("DELETE FROM tracebloc_ingest_v1_runs", false)]
    [InlineData("DELETE FROM tracebloc_ingest_v1_tables", false)]
    public async Task A_removal_that_is_cut_off_is_completed_by_the_next(string statement, bool hasFiles)
    {
        _cutAt = statement;
        await Assert.ThrowsAnyAsync<Exception>(RemoveAsync);
        Assert.Equal(hasFiles, _volume.Placed is [_, ..]);
        _cutAt = null;

        var sent = await RemoveAsync();

        Assert.True(At(sent, "DELETE FROM tracebloc_ingest_v1_tables") >= 0);
        Assert.Empty(_volume.Placed);
    }

    [Fact]
    public async Task A_folder_that_no_run_has_placed_is_a_source_and_stays()
    {
        _folder = null;

        await RemoveAsync();

        Assert.Equal(["a.jpg"], _volume.Placed);
    }

    [Theory]
    [InlineData("new_loaded")]
    [InlineData("new_swapping")]
    public async Task The_tables_of_a_run_that_was_replacing_it_go_with_it(string phase)
    {
        _phase = phase;

        var sent = await RemoveAsync();

        foreach (var made in (string[])["new", "old"])
            Assert.True(At(sent, $"DROP TABLE IF EXISTS `tracebloc_ingest_v1_{made}_") >= 0);
        Assert.Equal(phase == "new_swapping", _volume.Placed is []);
    }

    [Fact]
    public async Task A_table_of_which_the_journal_knows_nothing_is_left_alone()
    {
        _isKnown = false;

        var sent = await RemoveAsync();

        Assert.Equal(-1, At(sent, "DROP"));
        Assert.Equal(-1, At(sent, "DELETE"));
        Assert.Equal(["a.jpg"], _volume.Placed);
    }

    private static int At(List<string> sent, string start) =>
        sent.FindIndex(text => text.StartsWith(start, StringComparison.Ordinal));

    private async Task<List<string>> RemoveAsync()
    {
        await using var server = FakeMySqlServer.Start(Answer);
        await new DatasetRemoval(new DeleteSetup
        {
            Database = new DatabaseSettings
            {
                Host = "127.0.0.1",
                Port = server.Port,
                User = "run",
                Password = new Secret("secret"),
                Name = "training_test_datasets",
                Wait = TimeSpan.FromSeconds(30),
            },
            Layout = _volume.Layout,
            Logger = NullLogger.Instance,
            Time = TimeProvider.System,
        }).RunAsync(Token);
        Assert.Empty(server.Unknown);
        return [.. server.Statements];
    }

    private FakeSqlReply? Answer(string text) =>
        _cutAt is { } cut && text.StartsWith(cut, StringComparison.Ordinal) ? new FakeSqlReply.Cut()
        : text.Contains("_LOCK(", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("SELECT COUNT(*) FROM information_schema.tables", StringComparison.Ordinal)
            ? FakeSqlReply.Row(text.Contains("IN (", StringComparison.Ordinal) ? "2" : "0")
        : text.StartsWith("SELECT table_name, salt", StringComparison.Ordinal)
            ? _isKnown ? FakeSqlReply.Row("cats", null, "run-7", null) : FakeSqlReply.Nothing()
        : text.StartsWith("SELECT run_key", StringComparison.Ordinal)
            ? FakeSqlReply.Row(
                "run-7", "cats", "train", "id", "digest", "mark", _phase, "1", "1", "1", "0", "1", null, "4",
                _folder, "2026-01-02 03:04:05", null, "{}")
        : text.StartsWith("SELECT owner = ", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("SELECT salt", StringComparison.Ordinal) ? FakeSqlReply.Row([null])
        : text.StartsWith("SELECT 1", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("UPDATE", StringComparison.Ordinal) || text.StartsWith("DROP", StringComparison.Ordinal)
            || text.StartsWith("DELETE", StringComparison.Ordinal) ? new FakeSqlReply.Ok(1)
        : null;
}
