using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>
/// Runs are killed anywhere: in the end the data set is the former one or a new one, and never a part of each.
/// </summary>
public sealed class ReplacementProperties
{
    private const int All = 1000;

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Runs_that_are_killed_anywhere_leave_a_whole_data_set_to_the_next() => Check.One(
        Often,
        Prop.ForAll(Attempts().ToArbitrary(), attempts =>
        {
            var world = new ReplacementWorld();
            foreach (var attempt in attempts) Run(world, attempt);
            // It is refused, after it has finished or taken back what it has found.
            world.Attempt("last", overwrites: false, isUndo: false, All);
            return world.IsWhole;
        }));

    [Fact]
    public void A_run_that_is_killed_anywhere_and_started_again_replaces_the_data_set()
    {
        for (var changes = 0; changes < 40; changes++)
        {
            var world = new ReplacementWorld();
            Run(world, new("new", IsUndo: false, changes));
            Run(world, new("new", IsUndo: false, All));
            Assert.True(world.IsWhole && world.Holds("new"), $"killed after {changes} changes");
        }
    }

    [Fact]
    public void A_run_that_is_killed_anywhere_and_undone_leaves_the_former_data_set_until_its_swap_has_begun()
    {
        var kept = 0;
        for (var changes = 0; changes < 40; changes++)
        {
            var world = new ReplacementWorld();
            Run(world, new("new", IsUndo: false, changes));
            Run(world, new("new", IsUndo: true, All));
            Assert.True(world.IsWhole, $"killed after {changes} changes");
            if (world.Holds(ReplacementWorld.Former)) Assert.Equal(kept++, changes);
        }

        Assert.InRange(kept, 8, 20);
    }

    private static void Run(ReplacementWorld world, Killed attempt) =>
        world.Attempt(attempt.Key, overwrites: true, attempt.IsUndo, attempt.Changes);

    private static Gen<Killed[]> Attempts() =>
        (from key in Gen.Elements("a", "b", "c")
         from isUndo in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
         from changes in Gen.Choose(0, 30)
         select new Killed(key, isUndo, changes)).ArrayOf();

    private sealed record Killed(string Key, bool IsUndo, int Changes);
}
