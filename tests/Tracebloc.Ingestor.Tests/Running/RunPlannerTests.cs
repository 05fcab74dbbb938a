using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>Each row of the pipeline's table of crash points, from the run that comes after.</summary>
public sealed class RunPlannerTests
{
    private const string Whole = "Validate, Begin, CreateTable, Load, FinishTable, Report 0/0, Register 0, Close";

    private static readonly RunObservation Fresh = SomeRun.Observation;

    private static readonly RunObservation WithFiles = Fresh with { HasFiles = true };

    private static readonly RunRecord Own = SomeRun.Record;

    private static readonly RunRecord Other = Own with { Key = "other", SpecDigest = "another", Intent = "test" };

    [Fact]
    public void A_first_run_validates_before_it_creates_anything() => Assert.Equal(Whole, Plan(Fresh));

    [Fact]
    public void Files_are_placed_between_the_load_and_the_report() => Assert.Equal(
        "Validate, Begin, ListFiles, CreateTable, Load, FinishTable, PlaceFiles, Report 0/0, Register 0, Close",
        Plan(WithFiles));

    [Fact]
    public void A_table_that_is_there_is_compared_before_the_journal_is_opened() => Assert.Equal(
        "Validate, CheckTable, Begin, Load, FinishTable, Report 0/0, Register 0, Close",
        Plan(Fresh with { TableExists = true }));

    [Fact]
    public void A_run_killed_while_loading_is_undone_and_starts_again() =>
        Assert.Equal("Undo own, " + Whole, Plan(Fresh with { Own = Own, TableExists = true, TableCreator = "own" }));

    [Fact]
    public void A_table_of_another_creator_outlives_the_undo() => Assert.Equal(
        "Undo own, Validate, CheckTable, Begin, Load, FinishTable, Report 0/0, Register 0, Close",
        Plan(Fresh with { Own = Own, TableExists = true, TableCreator = "first" }));

    [Fact]
    public void A_table_with_rows_of_a_registered_run_outlives_the_undo_of_its_creator() => Assert.Equal(
        "Undo own, Validate, CheckTable, Begin, Load, FinishTable, Report 0/0, Register 0, Close",
        Plan(Fresh with
        {
            Own = Own,
            Others = [Other with { Phase = RunPhase.Registered }],
            TableExists = true,
            TableCreator = "own",
        }));

    [Fact]
    public void A_run_killed_after_its_load_goes_on_with_the_report() =>
        Assert.Equal("Resume own, Report 0/0, Register 0, Close", Plan(Killed(RunPhase.Loaded)));

    [Theory]
    [InlineData((int)RunPhase.Loaded)]
    [InlineData((int)RunPhase.Placing)]
    public void A_run_killed_before_its_files_were_placed_places_them(int phase) => Assert.Equal(
        "Resume own, PlaceFiles, Report 0/0, Register 0, Close",
        Plan(Killed((RunPhase)phase) with { HasFiles = true }));

    [Fact]
    public void A_run_killed_after_its_files_were_placed_goes_on_with_the_report() => Assert.Equal(
        "Resume own, Report 0/0, Register 0, Close",
        Plan(Killed(RunPhase.Placed) with { HasFiles = true, Folder = new(HasFiles: true, "own") }));

    [Fact]
    public void A_run_whose_placed_folder_is_gone_starts_again() => Assert.StartsWith(
        "Undo own, Validate,", Plan(Killed(RunPhase.Placed) with { HasFiles = true }));

    [Fact]
    public void A_batch_that_was_being_sent_is_sent_again_and_may_have_arrived() => Assert.Equal(
        "Resume own, Report 3/4, Register 0, Close",
        Plan(Killed(RunPhase.Placed, own => own with { Batches = 3, OpenBatch = 3 })));

    [Fact]
    public void Calls_that_have_succeeded_are_not_made_again() => Assert.Equal(
        "Resume own, Report 5/5, Register 2, Close",
        Plan(Killed(RunPhase.Placed, own => own with { Batches = 5, Calls = 2 })));

    [Theory]
    [InlineData("another digest", "mark")]
    [InlineData("digest", "another mark")]
    [InlineData("digest", null)]
    public void A_loaded_run_of_other_content_is_undone_and_starts_again(string digest, string? mark) => Assert.Equal(
        "Undo own, Validate, Begin, CreateTable, Load, FinishTable, Report 0/3, Register 0, Close",
        Plan(Killed(RunPhase.Placed, own => own with { Batches = 2, OpenBatch = 2 }) with
        {
            SpecDigest = digest,
            SourceMark = mark,
            TableCreator = "own",
        }));

    [Fact]
    public void A_loaded_run_without_its_table_starts_again() => Assert.StartsWith(
        "Undo own, Validate,", Plan(Killed(RunPhase.Loaded) with { TableExists = false }));

    [Fact]
    public void A_failed_run_starts_again_with_nothing_to_undo() =>
        Assert.Equal(Whole, Plan(Fresh with { Own = Own with { Phase = RunPhase.Failed } }));

    [Fact]
    public void A_failed_run_may_have_sent_its_batches() => Assert.Contains(
        "Report 0/7", Plan(Fresh with { Own = Own with { Phase = RunPhase.Failed, Batches = 6, OpenBatch = 6 } }));

    [Fact]
    public void A_registered_run_prints_its_summary_without_its_source() => Assert.Equal(
        "Replay own", Plan(Killed(RunPhase.Registered) with { SourceMark = null }));

    [Fact]
    public void A_key_of_another_specification_is_refused()
    {
        Assert.StartsWith(
            "Refuse Run own was for another specification",
            Plan(Killed(RunPhase.Registered) with { SpecDigest = "another" }));
        Assert.StartsWith(
            "Refuse Run own was for another specification, of table villas",
            Plan(Fresh with { Own = Own with { Table = "villas" } }));
    }

    [Fact]
    public void A_dead_run_of_the_table_is_undone_first() => Assert.Equal(
        "Undo other, " + Whole,
        Plan(Fresh with { Others = [Other], TableExists = true, TableCreator = "other" }));

    [Fact]
    public void A_dead_run_is_undone_before_a_loaded_one_goes_on() => Assert.StartsWith(
        "Undo other, Resume own,", Plan(Killed(RunPhase.Loaded) with { Others = [Other] }));

    [Fact]
    public void Rows_of_the_same_intent_are_loaded_once()
    {
        var plan = Plan(Fresh with
        {
            Others = [Other with { Intent = "train", Phase = RunPhase.Registered }],
            TableExists = true,
        });

        Assert.StartsWith("Refuse Table houses has the train rows of run other already", plan);
    }

    [Fact]
    public void Test_rows_follow_the_train_rows_of_a_table() => Assert.StartsWith(
        "Validate, CheckTable,",
        Plan(Fresh with
        {
            Intent = "test",
            Others = [Other with { Intent = "train", Phase = RunPhase.Registered }],
            TableExists = true,
            TableCreator = "other",
        }));

    [Theory]
    [InlineData(null)]
    [InlineData("stranger")]
    public void A_folder_with_foreign_files_is_refused(string? owner) => Assert.StartsWith(
        "Refuse Folder houses of the volume holds files already",
        Plan(WithFiles with { Folder = new(HasFiles: true, owner) }));

    [Fact]
    public void A_folder_of_a_table_without_files_is_none_of_its_business() =>
        Assert.Equal(Whole, Plan(Fresh with { Folder = new(HasFiles: true) }));

    [Fact]
    public void A_folder_of_a_dead_run_is_free_after_its_undo() => Assert.StartsWith(
        "Undo other, Validate,",
        Plan(WithFiles with { Others = [Other], Folder = new(HasFiles: true, "other") }));

    [Theory]
    [InlineData((int)RunPhase.Registered)]
    [InlineData((int)RunPhase.Failed)]
    public void A_folder_of_a_run_that_is_over_is_refused(int phase) => Assert.StartsWith(
        "Refuse Folder houses",
        Plan(WithFiles with
        {
            Others = [Other with { Phase = (RunPhase)phase }],
            Folder = new(HasFiles: true, "other"),
        }));

    [Fact]
    public void A_folder_of_this_key_without_a_journal_is_taken_back() => Assert.StartsWith(
        "UndoFiles, Validate,", Plan(WithFiles with { Folder = new(HasFiles: true, "own") }));

    [Theory]
    [InlineData((int)RunPhase.Loading, "Undo own")]
    [InlineData((int)RunPhase.Placed, "Undo own")]
    [InlineData((int)RunPhase.Failed, "")]
    [InlineData((int)RunPhase.Registered, "Refuse Run own is complete, and nothing was undone; delete its data set "
        + "instead")]
    public void Undo_takes_back_a_run_that_is_not_registered(int phase, string plan) =>
        Assert.Equal(plan, PlanText.Of(RunPlanner.PlanUndo(Killed((RunPhase)phase))));

    [Fact]
    public void Undo_of_a_registered_run_removes_what_it_has_left_on_the_volume() => Assert.StartsWith(
        "CloseFiles, Refuse", PlanText.Of(RunPlanner.PlanUndo(Killed(RunPhase.Registered) with { HasFiles = true })));

    [Fact]
    public void Undo_without_a_journal_leaves_all_but_its_own_folder()
    {
        Assert.Equal("", PlanText.Of(RunPlanner.PlanUndo(WithFiles)));
        Assert.Equal(
            "UndoFiles", PlanText.Of(RunPlanner.PlanUndo(WithFiles with { Folder = new(HasFiles: true, "own") })));
    }

    private static RunObservation Killed(RunPhase phase, Func<RunRecord, RunRecord>? with = null)
    {
        var own = Own with { Phase = phase };
        return Fresh with { Own = with?.Invoke(own) ?? own, TableExists = true };
    }

    private static string Plan(RunObservation seen) => PlanText.Of(RunPlanner.Plan(seen));
}
