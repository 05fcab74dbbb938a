using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>The steps of a run that replaces a data set, and of those that meet one.</summary>
public sealed class ReplacementPlanTests
{
    private const string Load = "Validate, Begin beside, CreateTable, Load, FinishTable, ";

    private const string Ending = "BeginSwap, Swap, Close";

    private static readonly RunRecord Own = SomeRun.Record;

    private static readonly RunRecord Former =
        Own with { Key = "former", SpecDigest = "another", Phase = RunPhase.Registered };

    private static readonly RunObservation Over = SomeRun.Observation with
    {
        Overwrite = true,
        Others = [Former],
        TableExists = true,
        TableCreator = "former",
    };

    private static readonly RunObservation WithFiles = Over with
    {
        HasFiles = true,
        Others = [Former with { Folder = "houses" }],
        Folder = new(HasFiles: true),
    };

    [Fact]
    public void The_former_data_set_stays_until_the_new_one_is_registered() =>
        Assert.Equal($"{Load}Report 0/0, Register 0, {Ending}", Plan(Over));

    [Fact]
    public void Files_wait_in_the_hidden_folder_for_the_swap() => Assert.Equal(
        "Validate, CheckPlace, Begin beside, ListFiles, CreateTable, Load, FinishTable, PlaceFiles, Report 0/0, "
        + $"Register 0, {Ending}",
        Plan(WithFiles));

    [Fact]
    public void Without_a_data_set_to_replace_the_run_is_an_ordinary_one()
    {
        const string ordinary = "Load, FinishTable, Report 0/0, Register 0, Close";

        Assert.Equal(
            $"Validate, Begin, CreateTable, {ordinary}", Plan(Over with { Others = [], TableExists = false }));
        Assert.Equal($"Validate, CheckTable, Begin, {ordinary}", Plan(Over with { Others = [] }));
        Assert.Equal(
            $"Validate, CheckTable, Begin, {ordinary}", Plan(Over with { Others = [Former with { Intent = "test" }] }));
    }

    [Fact]
    public void Without_overwrite_nothing_is_replaced() => Assert.Contains(
        "or replace it with overwrite", Plan(Over with { Overwrite = false }));

    [Fact]
    public void Rows_of_the_other_intent_are_never_lost() => Assert.StartsWith(
        "Refuse Table houses has the test rows of run other beside the train rows",
        Plan(Over with { Others = [Former, Former with { Key = "other", Intent = "test" }] }));

    [Fact]
    public void Rows_of_other_programs_are_never_lost() => Assert.StartsWith(
        "Refuse Table houses was there before run former", Plan(Over with { TableCreator = null }));

    [Fact]
    public void A_registered_data_set_whose_table_is_gone_is_replaced() => Assert.StartsWith(
        Load, Plan(Over with { TableExists = false, TableCreator = null }));

    [Fact]
    public void A_folder_that_no_run_has_placed_is_not_replaced() => Assert.StartsWith(
        "Refuse Folder houses of the volume holds files already", Plan(WithFiles with { Others = [Former] }));

    [Fact]
    public void A_run_killed_while_loading_starts_again_and_the_former_table_stays() => Assert.Equal(
        $"Undo own, {Load}Report 0/0, Register 0, {Ending}",
        Plan(Over with { Own = Own with { Replaces = true }, ShadowExists = true }));

    [Theory]
    [InlineData(RunPhase.Loaded)]
    [InlineData(RunPhase.Placing)]
    [InlineData(RunPhase.Placed)]
    public void A_run_killed_after_its_load_goes_on(object phase)
    {
        var own = Own with { Phase = (RunPhase)phase, Replaces = true, Batches = 2, Calls = 3 };

        Assert.Equal(
            $"Resume own, Report 2/2, Register 3, {Ending}", Plan(Over with { Own = own, ShadowExists = true }));
        Assert.Equal(
            $"Resume own, PlaceFiles, Report 2/2, Register 3, {Ending}",
            Plan(WithFiles with { Own = own, ShadowExists = true }));
    }

    [Fact]
    public void A_loaded_run_whose_table_is_gone_starts_again() => Assert.StartsWith(
        $"Undo own, {Load}", Plan(Over with { Own = Own with { Phase = RunPhase.Loaded, Replaces = true } }));

    [Fact]
    public void An_ordinary_run_that_was_killed_goes_on_as_one() => Assert.Equal(
        "Resume own, Report 0/0, Register 0, Close",
        Plan(Over with { Own = Own with { Phase = RunPhase.Loaded }, Others = [] }));

    [Fact]
    public void A_run_killed_in_its_swap_finishes_it_and_needs_neither_source_nor_table() => Assert.Equal(
        "Swap own, Replay own", Plan(Over with { Own = Swapping(Own), SourceMark = null, TableExists = false }));

    [Fact]
    public void A_swap_is_finished_although_the_specification_has_changed() => Assert.StartsWith(
        "Swap own, Refuse Run own was for another", Plan(Over with { Own = Swapping(Own) with { SpecDigest = "b" } }));

    [Fact]
    public void A_run_that_was_replaced_is_not_loaded_again() => Assert.Equal(
        "Replay own", Plan(Over with { Own = Own with { Phase = RunPhase.Replaced } }));

    [Fact]
    public void The_swap_of_another_run_is_finished_first()
    {
        var swapping = Over with { Others = [Former, Swapping(Own with { Key = "other" })] };

        Assert.Equal($"Swap other, {Load}Report 0/0, Register 0, {Ending}", Plan(swapping));
        Assert.StartsWith(
            "Swap other, Refuse Table houses has the train rows of run other",
            Plan(swapping with { Overwrite = false }));
        Assert.StartsWith(
            "Swap other, Validate, CheckTable, Begin, Load,",
            Plan(swapping with { Overwrite = false, Intent = "test" }));
    }

    [Fact]
    public void After_the_swap_of_another_run_the_folder_is_that_run_s()
    {
        var other = Swapping(Own with { Key = "other" });
        var (withFolder, without) = (other with { Folder = "houses" }, other);

        Assert.Contains("PlaceFiles", Plan(WithFiles with { Others = [.. WithFiles.Others, withFolder] }));
        // The former files are gone with that swap.
        Assert.Contains("PlaceFiles", Plan(WithFiles with { Others = [.. WithFiles.Others, without] }));
        // These are none of a run: they stay.
        Assert.StartsWith(
            "Swap other, Refuse Folder houses", Plan(WithFiles with { Others = [Former, without] }));
    }

    [Theory]
    [InlineData(RunPhase.Loading, "Undo own")]
    [InlineData(RunPhase.Placed, "Undo own")]
    [InlineData(RunPhase.Swapping, "Swap own, CloseFiles, Refuse Run own is complete, and nothing was undone; delete "
        + "its data set instead")]
    [InlineData(RunPhase.Replaced, "CloseFiles, Refuse Run own is complete, and a later run has replaced its data set; "
        + "nothing was undone")]
    public void Undo_finishes_a_swap_and_takes_back_all_before_it(object phase, string plan) => Assert.Equal(
        plan,
        PlanText.Of(RunPlanner.PlanUndo(
            WithFiles with { Own = Own with { Phase = (RunPhase)phase, Replaces = true }, ShadowExists = true })));

    [Fact]
    public void A_dead_replacement_is_undone_by_the_next_run_of_the_table() => Assert.Equal(
        $"Undo other, {Load}Report 0/0, Register 0, {Ending}",
        Plan(Over with { Others = [Former, Own with { Key = "other", Replaces = true, Phase = RunPhase.Placed }] }));

    private static RunRecord Swapping(RunRecord run) => run with { Phase = RunPhase.Swapping, Replaces = true };

    private static string Plan(RunObservation seen) => PlanText.Of(RunPlanner.Plan(seen));
}
