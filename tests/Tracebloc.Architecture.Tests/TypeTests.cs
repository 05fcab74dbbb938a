namespace Tracebloc.Architecture.Tests;

public sealed class TypeTests
{
    private static readonly IReadOnlyList<Type> Types =
        TypeRule.Written(ReferenceTable.OfTheProduct.Rows.Select(row => row.Load()));

    [Fact]
    public void Classes_are_closed_unless_something_extends_them() => TypeRule.Closed(Types).MustHold("classes");

    [Fact]
    public void Whatever_awaits_takes_a_cancellation_token() => TypeRule.Cancellable(Types).MustHold("methods");

    [Fact]
    public void An_open_class_is_found()
    {
        var inspection = TypeRule.Closed([typeof(Stream), typeof(MemoryStream)]);

        Assert.Contains(nameof(MemoryStream), Assert.Single(inspection.Violations));
    }

    [Fact]
    public void A_method_that_cannot_be_cancelled_is_found()
    {
        var inspection = TypeRule.Cancellable([typeof(Uncancellable)]);

        Assert.Equal(3, inspection.Looked);
        Assert.Contains(nameof(Uncancellable.WaitAsync), Assert.Single(inspection.Violations));
    }

    private sealed class Uncancellable : IAsyncDisposable
    {
        public static Task WaitAsync() => Task.CompletedTask;

        public static Task<int> CountAsync(CancellationToken cancellationToken) =>
            Task.FromCanceled<int>(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
