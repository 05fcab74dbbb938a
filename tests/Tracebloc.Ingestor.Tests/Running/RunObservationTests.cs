using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>A run of which earlier attempts left nothing needs no undo when it fails.</summary>
public sealed class RunObservationTests
{
    private static readonly RunObservation First = SomeRun.Observation with { SourceMark = null, HasFiles = true };

    [Fact]
    public void A_first_attempt_has_left_nothing() => Assert.True(First.IsUndone);

    [Theory]
    [InlineData(RunPhase.Failed, true)]
    [InlineData(RunPhase.Loading, false)]
    [InlineData(RunPhase.Placed, false)]
    [InlineData(RunPhase.Registered, false)]
    public void Of_earlier_attempts_only_those_that_were_taken_back_left_nothing(object phase, bool isUndone) =>
        Assert.Equal(
            isUndone, (First with { Own = SomeRun.Record with { Phase = (RunPhase)phase } }).IsUndone);

    [Theory]
    [InlineData("own", false)]
    [InlineData("other", true)]
    public void Files_of_the_run_are_left(string owner, bool isUndone) =>
        Assert.Equal(isUndone, (First with { Folder = new FolderFacts(HasFiles: true, owner) }).IsUndone);
}
