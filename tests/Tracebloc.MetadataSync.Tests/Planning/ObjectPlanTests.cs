using Tracebloc.MetadataSync.Objects;
using Tracebloc.MetadataSync.Planning;

namespace Tracebloc.MetadataSync.Tests.Planning;

public sealed class ObjectPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("", "other/Finalizer", false, "Hold 0")]
    [InlineData("", Marks.Finalizer, false, "")]
    [InlineData(Marks.Deleting, Marks.Finalizer, false, "BuryAndDelete 10")]
    [InlineData(Marks.Immutable, Marks.Finalizer, true, "Release 0")]
    [InlineData(Marks.Immutable, "", true, "Release 0")]
    [InlineData($"{Marks.Immutable} {Marks.Deleting}", Marks.Finalizer, false, "BuryAndDelete 10")]
    public void The_calls_follow_from_the_marks(string marks, string finalizers, bool evicts, string chore)
    {
        var seen = Seen(marks, finalizers);

        var plan = ObjectPlan.Of(seen, SomeObject.Gadget, Delay, Now);

        Assert.Equal((evicts, chore), (plan.Evicts, Text(plan.Chore)));
    }

    [Theory]
    [InlineData(Marks.Immutable)]
    [InlineData(Marks.Deleting)]
    [InlineData("")]
    public void A_deletion_by_Kubernetes_comes_first_and_its_delay_counts_from_its_time(string marks)
    {
        var seen = Seen(marks, Marks.Finalizer) with { DeletedAt = Now - TimeSpan.FromSeconds(4) };

        var plan = ObjectPlan.Of(seen, SomeObject.Gadget, Delay, Now);

        Assert.Equal((false, "Bury 6"), (plan.Evicts, Text(plan.Chore)));
    }

    [Fact]
    public void Every_object_of_an_immutable_kind_leaves_the_cluster()
    {
        var kind = SomeObject.Gadget with { IsImmutable = true };

        var plan = ObjectPlan.Of(Seen("", Marks.Finalizer), kind, Delay, Now);

        Assert.Equal((true, "Release 0"), (plan.Evicts, Text(plan.Chore)));
    }

    [Theory]
    [InlineData("True")]
    [InlineData("1")]
    [InlineData("")]
    public void A_mark_with_another_value_is_none(string value)
    {
        var seen = new SomeObject
        {
            Annotations = new Dictionary<string, string> { [Marks.Immutable] = value, [Marks.Deleting] = value },
        };

        Assert.Equal(new ObjectPlan(false, null), ObjectPlan.Of(seen.Read(), SomeObject.Gadget, Delay, Now));
    }

    [Fact]
    public void A_chore_adds_our_finalizer_to_those_of_others_and_removes_it_alone()
    {
        var chore = Chore.Of(ChoreKind.Hold, Seen("", "a/b c/d"), Now);

        Assert.Equal(["a/b", "c/d", Marks.Finalizer], chore.Held);
        Assert.Equal(["a/b", "c/d"], (chore with { Finalizers = chore.Held }).Freed);
    }

    private static SyncedObject Seen(string marks, string finalizers) => new SomeObject
    {
        Annotations = marks.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(mark => mark, _ => "true"),
        Finalizers = finalizers.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    }.Read();

    private static string Text(Chore? chore) =>
        chore is null ? "" : $"{chore.Kind} {(chore.Due - Now).TotalSeconds}";
}
