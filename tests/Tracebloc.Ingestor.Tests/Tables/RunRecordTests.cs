using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Tables;

public sealed class RunRecordTests
{
    [Theory]
    [InlineData("Loaded", 1, false)]
    [InlineData("Loaded", 2, true)]
    [InlineData("Placed", 3, true)]
    [InlineData("Loading", 3, true)]
    [InlineData("Loading", 0, false)]
    [InlineData("Registered", 4, false)]
    [InlineData("Failed", 3, false)]
    public void A_run_whose_last_calls_were_due_may_be_registered(string phase, int calls, bool mayBe)
    {
        var run = SomeRun.Record with { Phase = Enum.Parse<RunPhase>(phase), Calls = calls };

        Assert.Equal(mayBe, run.MayBeRegistered);
    }
}
