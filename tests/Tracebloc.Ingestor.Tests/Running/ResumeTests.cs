using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Tests.Sharding;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>A run that goes on behind its load, where an earlier attempt has ended.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(true, 2, false)]
    [InlineData(true, 3, false)]
    [InlineData(false, 1, true)]
    [InlineData(false, 3, true)]
    public async Task A_replacement_that_the_backend_may_have_is_undone_no_more(bool replaces, int calls, bool isOpen)
    {
        await using var pods = new FakePods();
        var run = SomeRun.Record with { Phase = RunPhase.Placed, Rows = 3, Replaces = replaces, Calls = calls };

        var state = await pods.ResumeAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal((isOpen, 3L, run), (state.IsOpen, state.Rows, state.Run));
    }
}
