using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>Rules of every plan, over observations of any kind.</summary>
public sealed class RunPlannerProperties
{
    private static readonly Config Quickly = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void Every_plan_ends_in_one_way() => Holds((_, plan) =>
        plan.Count(IsEnd) == 1 && IsEnd(plan[^1]));

    [Fact]
    public void Nothing_is_created_or_loaded_before_the_data_is_valid() => Holds((_, plan) =>
        !plan.OfType<RunAction.Load>().Any()
        || Index<RunAction.Validate>(plan) < Math.Min(Index<RunAction.Begin>(plan), Index<RunAction.Load>(plan)));

    [Fact]
    public void A_table_is_created_or_compared_before_the_load_and_never_both() => Holds((_, plan) =>
        !plan.OfType<RunAction.Load>().Any()
        || plan.Count(step => step is RunAction.CreateTable or RunAction.CheckTable) == 1
            && Index<RunAction.Begin>(plan) < Index<RunAction.Load>(plan)
            && Math.Min(Index<RunAction.CreateTable>(plan), Index<RunAction.CheckTable>(plan))
                < Index<RunAction.Load>(plan));

    [Fact]
    public void Every_dead_run_is_undone_before_anything_is_loaded() => Holds((seen, plan) =>
        plan[0] is RunAction.Replay or RunAction.Refuse || seen.Own is { Phase: RunPhase.Swapping }
        || seen.Others.Where(run => run is { IsOver: false, IsRegistered: false }).All(dead =>
            plan.TakeWhile(step => step is RunAction.Undo or RunAction.Swap).Contains(new RunAction.Undo(dead))));

    [Fact]
    public void No_registered_run_is_undone() => Holds((_, plan) =>
        plan.OfType<RunAction.Undo>().All(undo => !undo.Run.IsRegistered));

    [Fact]
    public void Every_swap_of_another_run_is_finished_before_anything_is_loaded_or_undone() => Holds((seen, plan) =>
        seen.Own is { IsRegistered: true } || seen.Own?.Table == "villas"
        || seen.Others.Where(run => run.Phase == RunPhase.Swapping).All(each =>
            plan.TakeWhile(step => step is RunAction.Swap).Contains(new RunAction.Swap(each))));

    [Fact]
    public void Nothing_takes_the_place_of_a_data_set_before_the_backend_has_the_new_one() => Holds((seen, plan) =>
        plan.OfType<RunAction.Swap>().All(swap => swap.Run is { Phase: RunPhase.Swapping } || (swap.Run is null
            && Index<RunAction.Register>(plan) < Index<RunAction.BeginSwap>(plan)
            && Index<RunAction.BeginSwap>(plan) + 1 == plan.ToList().IndexOf(swap))));

    [Fact]
    public void A_run_loads_beside_the_table_exactly_where_it_takes_its_place() => Holds((_, plan) =>
        !plan.OfType<RunAction.Begin>().Any()
        || plan.OfType<RunAction.Begin>().Single().Replaces == plan.OfType<RunAction.BeginSwap>().Any());

    [Fact]
    public void A_run_that_stops_where_it_was_killed_needs_no_second_undo() => Holds((seen, plan) =>
        plan.Distinct().Count() == plan.Count);

    private static bool IsEnd(RunAction step) => step is RunAction.Close or RunAction.Replay or RunAction.Refuse;

    private static int Index<T>(IReadOnlyList<RunAction> plan)
    {
        var index = plan.ToList().FindIndex(step => step is T);
        return index < 0 ? int.MaxValue : index;
    }

    private static void Holds(Func<RunObservation, IReadOnlyList<RunAction>, bool> rule) => Check.One(
        Quickly, Prop.ForAll(Observations().ToArbitrary(), seen => rule(seen, RunPlanner.Plan(seen))));

    private static Gen<RunObservation> Observations() =>
        from own in Gen.OneOf(Gen.Constant<RunRecord?>(null), Record("own").Select(one => (RunRecord?)one))
        from first in Record("first")
        from second in Record("second")
        from count in Gen.Choose(0, 2)
        from exists in Gen.Elements(true, false)
        from files in Gen.Elements(true, false)
        from creator in Gen.Elements("own", "first", "second", null)
        from folder in Gen.Elements("own", "first", "stranger", null)
        from overwrites in Gen.Elements(true, false)
        from hasShadow in Gen.Elements(true, false)
        from mark in Gen.Elements("a", "b", null)
        select new RunObservation
        {
            Key = "own",
            Table = "houses",
            Intent = "train",
            SpecDigest = "a",
            SourceMark = mark,
            HasFiles = files,
            Overwrite = overwrites,
            ShadowExists = hasShadow,
            Own = own,
            Others = [.. new[] { first, second }.Take(count).Select(run => run with { Table = "houses" })],
            TableExists = exists,
            TableCreator = exists ? creator : null,
            Folder = folder is null ? FolderFacts.Free : new FolderFacts(HasFiles: true, folder),
        };

    private static Gen<RunRecord> Record(string key) =>
        from phase in Gen.Elements(Enum.GetValues<RunPhase>())
        from table in Gen.Frequency((9, Gen.Constant("houses")), (1, Gen.Constant("villas")))
        from intent in Gen.Elements("train", "test")
        from digest in Gen.Elements("a", "b")
        from batches in Gen.Choose(0, 3)
        from open in Gen.Elements(true, false)
        from replaces in Gen.Elements(true, false)
        select new RunRecord
        {
            Key = key,
            Table = table,
            Intent = intent,
            SpecDigest = digest,
            SourceMark = "a",
            IngestorId = "id",
            Phase = phase,
            Replaces = phase == RunPhase.Swapping || (replaces && phase < RunPhase.Swapping),
            Batches = batches,
            OpenBatch = open ? batches : null,
        };
}
