using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Running;

namespace Tracebloc.Ingestor.Tests.Sharding;

/// <summary>Pods of an indexed Job, each alone with the journal: together they are shown on real servers.</summary>
public sealed class PodTests : IAsyncDisposable
{
    private readonly FakePods _pods = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_pods.Server.Unknown);
        await _pods.DisposeAsync();
    }

    [Theory]
    [InlineData("loaded")]
    [InlineData("placing")]
    [InlineData("placed")]
    [InlineData("registered")]
    public async Task A_pod_ends_with_success_once_all_rows_are_loaded(string phase)
    {
        _pods.Phase = phase;

        await _pods.FollowAsync(_pods.Setup(1), Token);

        Assert.Equal(["Information: Run own: all rows are loaded, 0 of them by this pod"], _pods.Logger.Lines);
    }

    [Fact]
    public async Task A_part_is_claimed_cleared_loaded_and_noted()
    {
        _pods.Written = () => _pods.Phase = "loaded";

        await _pods.FollowAsync(_pods.Setup(1), Token);

        Assert.Equal("Information: Loading part 1 of 1: 3 rows", _pods.Logger.Lines[0]);
        Assert.Equal("Information: Run own: all rows are loaded, 3 of them by this pod", _pods.Logger.Lines[^1]);
        string[] order = ["GET_LOCK", "SET loader", "DELETE FROM `houses`", "LOAD DATA", "state = 'loaded'"];
        var statements = _pods.Server.Statements.ToList();
        var places = order.Select(
            part => statements.FindIndex(text => text.Contains(part, StringComparison.Ordinal))).ToList();
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        // Each transaction that changes something begins with the check.
        Assert.All(places.Skip(2), place => Assert.StartsWith("SELECT t.owner = ", statements[place - 1]));
    }

    [Fact]
    public async Task A_part_whose_lock_another_pod_holds_is_left_to_it()
    {
        _pods.IsFree = false;
        var pod = _pods.FollowAsync(_pods.Setup(1), Token);
        await _pods.Time.WaitForTimerAsync(null, Token);
        _pods.Phase = "loaded";

        await _pods.PassAsync(pod, Token);

        Assert.DoesNotContain(_pods.Server.Statements, text => text.Contains("GET_LOCK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_a_lost_pod_still_holds_is_tried_again_until_the_server_lets_go()
    {
        _pods.IsHeld = true;
        _pods.Written = () => _pods.Phase = "loaded";
        var pod = _pods.FollowAsync(_pods.Setup(1), Token);
        await PassRetriesAsync();
        Assert.Equal("open", _pods.States[0]);
        Assert.DoesNotContain(_pods.Server.Statements, text => text.StartsWith("DELETE", Ordinal));
        _pods.IsHeld = false;

        await _pods.PassAsync(pod, Token);

        Assert.StartsWith(
            "Warning: Part 1 cannot be taken over yet: ",
            _pods.Logger.Lines.First(line => line.StartsWith("Warning: Part", Ordinal)));
        Assert.Equal("Information: Run own: all rows are loaded, 3 of them by this pod", _pods.Logger.Lines[^1]);
        Assert.Single(_pods.Server.Statements, text => text.StartsWith("LOAD", Ordinal));
    }

    [Fact]
    public async Task A_pod_that_comes_before_the_first_plan_asks_for_no_parts()
    {
        _pods.HasParts = false;
        var pod = _pods.FollowAsync(_pods.Setup(1), Token);
        await _pods.Time.WaitForTimerAsync(null, Token);
        Assert.DoesNotContain(_pods.Server.Statements, text => text.StartsWith("SELECT t.owner, t.salt", Ordinal));
        _pods.HasParts = true;
        _pods.Written = () => _pods.Phase = "loaded";

        await _pods.PassAsync(pod, Token);

        Assert.Equal("loaded", _pods.States[0]);
    }

    [Fact]
    public async Task A_part_that_was_taken_over_is_changed_no_more()
    {
        _pods.IsTaken = true;
        _pods.Checked = () => _pods.Phase = "loaded";

        await _pods.FollowAsync(_pods.Setup(1), Token);

        Assert.Equal(
            "Warning: Part 1 was taken over: its rows of this pod are taken back", _pods.Logger.Lines[0]);
        Assert.DoesNotContain(
            _pods.Server.Statements,
            text => text.StartsWith("LOAD", StringComparison.Ordinal)
                || text.Contains("state = 'loaded'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_the_server_rejects_fail_their_part_and_the_pod_waits_for_the_next_attempt()
    {
        _pods.Stored = 2;
        var pod = _pods.FollowAsync(_pods.Setup(1), Token);
        await _pods.Time.WaitForTimerAsync(due => due == new IngestorDeadlines().Look, Token);
        Assert.Contains("all rows of this run are taken back", _pods.Error, StringComparison.Ordinal);
        Assert.False(pod.IsCompleted);
        _pods.Phase = "loaded";

        await _pods.PassAsync(pod, Token);

        Assert.Single(_pods.Server.Statements, text => text.StartsWith("LOAD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pod_does_not_wait_for_ever_for_pod_0()
    {
        (_pods.Phase, _pods.HasLeader) = (null, false);

        var absent = await Assert.ThrowsAsync<IngestorException>(
            () => _pods.PassAsync(_pods.FollowAsync(_pods.Setup(1), Token), Token));

        Assert.Equal(
            "Run own: pod 0 of its Job has not been at work for 15 min; look at that pod's log, and start the Job "
            + "again",
            absent.Message);
    }

    [Fact]
    public async Task A_pod_of_another_specification_loads_nothing()
    {
        var other = await Assert.ThrowsAsync<IngestorException>(
            () => _pods.FollowAsync(_pods.Setup(1, "another"), Token));

        Assert.StartsWith("Run own: pod 0 loads another specification", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slice_is_claimed_validated_and_noted()
    {
        (_pods.Phase, _pods.Written) = (null, () => _pods.Phase = "loaded");
        _pods.Slices.Add("open");

        await _pods.FollowAsync(_pods.Setup(1), Token);

        Assert.Equal("done", _pods.Slices[0]);
        Assert.Equal("Information: Validating slice 1 of 1", _pods.Logger.Lines[0]);
        string[] order =
            ["GET_LOCK", "SELECT COUNT(*) FROM tracebloc_ingest_v1_slices", "UPDATE tracebloc_ingest_v1_slices"];
        var statements = _pods.Server.Statements.ToList();
        var places = order.Select(part => statements.FindIndex(text => text.Contains(part, Ordinal))).ToList();
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        // A guess of the same beginning is another slice.
        Assert.All(
            places.Skip(1), place => Assert.Contains("from_byte = 0 AND is_exact = 1", statements[place], Ordinal));
    }

    [Fact]
    public async Task Findings_on_a_slice_that_lose_a_deadlock_are_written_again()
    {
        (_pods.Phase, _pods.Deadlocks) = (null, 2);
        _pods.Slices.Add("open");
        var pod = _pods.FollowAsync(_pods.Setup(1), Token);

        await PassRetriesAsync();

        Assert.Equal("done", _pods.Slices[0]);
        _pods.Phase = "loaded";
        await _pods.PassAsync(pod, Token);
    }

    [Fact]
    public async Task A_plan_of_slices_that_loses_a_deadlock_is_written_again_as_a_whole()
    {
        _pods.Deadlocks = 1;
        var pod = _pods.ValidateAsync(Token);
        _pods.Time.Advance(await _pods.Time.WaitForTimerAsync(due => due <= DatabaseRetry.Longest, Token));

        await Assert.ThrowsAsync<FenceException>(() => pod);

        string[] plan = ["START", "DELETE FROM tracebloc_ingest_v1_slices", "INSERT INTO tracebloc_ingest_v1_slices (",
            "ROLLBACK", "COMMIT"];
        var statements = _pods.Server.Statements.Where(
            text => plan.Any(part => text.StartsWith(part, Ordinal))).ToList();
        var again = statements.IndexOf("ROLLBACK") + 1;
        Assert.StartsWith(plan[0], statements[again], Ordinal);
        Assert.StartsWith(plan[1], statements[again + 1], Ordinal);
        Assert.Equal("COMMIT", statements[again + 2 + (2 * SharedLoad.PartsOfPod)]);
    }

    [Fact]
    public async Task Slices_that_cannot_be_removed_hide_no_fault()
    {
        _pods.IsReadOnly = true;

        await Assert.ThrowsAsync<FenceException>(() => _pods.ValidateAsync(Token));

        Assert.StartsWith(
            "Warning: Table houses: its slices could not be removed, and the next run that pods share removes them: ",
            _pods.Logger.Lines[^1], Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_run_that_pods_share_looks_for_slices(bool isShared)
    {
        (_pods.Phase, var setup) = (null, _pods.Setup(0));
        if (!isShared) setup = setup with { Settings = setup.Settings with { Shards = null } };

        await RunStart.UndoAsync(setup, new RunState(), new ResultWriter(() => new MemoryStream()), Token);

        Assert.Equal(isShared, _pods.Server.Statements.Any(text => text.Contains("slice", Ordinal)));
    }

    [Fact]
    public async Task Slices_of_an_attempt_that_failed_are_validated_no_more()
    {
        (_pods.Phase, _pods.HasLeader) = (null, false);
        _pods.Slices.AddRange(["failed", "open"]);

        await Assert.ThrowsAsync<IngestorException>(() => _pods.PassAsync(
            _pods.FollowAsync(_pods.Setup(1), Token), Token));

        Assert.Equal(["failed", "open"], _pods.Slices);
    }

    [Fact]
    public async Task A_slice_that_cannot_be_read_fails_and_the_pod_waits_for_the_next_attempt()
    {
        _pods.Phase = null;
        _pods.Slices.Add("open");
        File.Delete(_pods.Source);
        var pod = _pods.FollowAsync(_pods.Setup(1), Token);
        await _pods.Time.WaitForTimerAsync(due => due == new IngestorDeadlines().Look, Token);
        Assert.Equal("failed", _pods.Slices[0]);
        Assert.Contains("houses.csv does not exist", _pods.Error, Ordinal);
        Assert.False(pod.IsCompleted);
        _pods.Phase = "loaded";

        await _pods.PassAsync(pod, Token);
    }

    [Fact]
    public async Task A_pod_of_another_specification_validates_nothing()
    {
        (_pods.Phase, _pods.SliceDigest) = (null, "another");
        _pods.Slices.Add("open");

        var other = await Assert.ThrowsAsync<IngestorException>(() => _pods.FollowAsync(_pods.Setup(1), Token));

        Assert.StartsWith("Run own: pod 0 loads another specification", other.Message, Ordinal);
    }

    [Fact]
    public async Task Pod_0_plans_loads_what_is_open_and_removes_the_plan()
    {
        await _pods.LeadAsync(Token);

        var statements = _pods.Server.Statements.ToList();
        var planned = statements.FindIndex(text => text.StartsWith("INSERT INTO tracebloc_ingest_v1_parts (", Ordinal));
        var loaded = statements.FindIndex(text => text.StartsWith("LOAD", Ordinal));
        var removed = statements.FindLastIndex(
            text => text.StartsWith("DELETE FROM tracebloc_ingest_v1_parts", Ordinal));
        Assert.InRange(loaded, planned + 1, removed - 1);
        Assert.Equal("loaded", _pods.States[0]);
    }

    [Fact]
    public async Task A_part_that_failed_anywhere_fails_the_run()
    {
        (_pods.States[0], _pods.Error) = ("failed", "the server rejected rows");

        var failed = await Assert.ThrowsAsync<IngestorException>(() => _pods.LeadAsync(Token));

        Assert.Equal("the server rejected rows", failed.Message);
    }

    [Fact]
    public async Task Pod_0_does_not_wait_for_ever_for_the_others()
    {
        _pods.IsFree = false;

        var stuck = await Assert.ThrowsAsync<IngestorException>(() => _pods.PassAsync(_pods.LeadAsync(Token), Token));

        Assert.Equal(
            "Table houses: 0 of 1 parts are loaded, and no other was for 6 h; delete the pods that hang, and start the "
            + "run again",
            stuck.Message);
    }

    [Fact]
    public async Task A_plan_of_another_run_ends_this_one()
    {
        _pods.IsFree = false;
        _pods.States.Add("open");
        var pod = _pods.LeadAsync(Token);
        await _pods.Time.WaitForTimerAsync(due => due == new IngestorDeadlines().Look, Token);
        _pods.States.Clear();

        await Assert.ThrowsAsync<FenceException>(() => _pods.PassAsync(pod, Token));
    }

    [Fact]
    public async Task A_data_set_that_cannot_be_cut_leaves_nothing_to_the_other_pods()
    {
        var setup = _pods.Setup(1);
        setup = setup with { Specification = setup.Specification with { Format = SourceFormat.Json } };

        await RunStart.RunAsync(setup, new RunState(), new ResultWriter(() => new MemoryStream()), Token);

        Assert.Equal(
            [
                "Information: Table houses is loaded by pod 0 of 2 alone, and the others end: its rows are JSON, and a "
                + "part of that is none",
            ],
            _pods.Logger.Lines);
        Assert.Equal(0, _pods.Server.Connections);
    }

    [Fact]
    public async Task A_pod_without_an_index_is_refused()
    {
        var refused = await Assert.ThrowsAsync<IngestorException>(
            () => RunStart.RunAsync(
                _pods.Setup(null), new RunState(), new ResultWriter(() => new MemoryStream()), Token));

        Assert.Equal(IngestorExit.Usage, refused.ExitCode);
        Assert.Contains("JOB_COMPLETION_INDEX: is not set", refused.Message, StringComparison.Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>Moves the clock over the attempts of a transaction until the pod waits for its next look.</summary>
    private async Task PassRetriesAsync()
    {
        var look = new IngestorDeadlines().Look;
        while (await _pods.Time.WaitForTimerAsync(due => due <= DatabaseRetry.Longest, Token) is var due && due != look)
            _pods.Time.Advance(due);
    }
}
