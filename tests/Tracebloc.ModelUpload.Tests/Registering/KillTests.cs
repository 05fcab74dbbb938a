using Tracebloc.ModelUpload.Options;
using Tracebloc.Testing.ModelRegistry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>Runs that end, or meet a fault, at any of their calls, before or after its effect.</summary>
public sealed class KillTests
{
    public static TheoryData<string, bool> Points { get; } = new()
    {
        { nameof(UploadIntent.UpdateArtifact), false },
        { nameof(UploadIntent.UpdateArtifact), true },
        { nameof(UploadIntent.CreateModel), false },
        { nameof(UploadIntent.CreateModel), true },
        { nameof(UploadIntent.CreateVersion), false },
        { nameof(UploadIntent.CreateVersion), true },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public Task Killed_and_started_again_it_ends_as_without(string intent, bool afterEffect) =>
        AtEachCallAsync(intent, (trial, kind, call) => trial.KillAsync(kind, call, afterEffect));

    [Theory]
    [MemberData(nameof(Points))]
    public Task Terminated_it_leaves_no_half_state_and_ends_as_without_when_started_again(
        string intent, bool afterEffect) =>
        AtEachCallAsync(intent, async (trial, kind, call) =>
        {
            var before = trial.Entries;
            var registration = await trial.KillAsync(kind, call, afterEffect);

            await registration.UndoAsync(TestContext.Current.CancellationToken);

            AssertUndone(trial, kind, before);
        });

    [Theory]
    [MemberData(nameof(Points))]
    public Task Killed_twice_and_terminated_it_leaves_no_half_state(string intent, bool afterEffect) =>
        AtEachCallAsync(intent, async (trial, kind, call) =>
        {
            await trial.KillAsync(kind, call, afterEffect);
            // The second try gets as far as the begin of its transfer.
            var second = trial.Start(kind);
            await second.CheckAsync(TestContext.Current.CancellationToken);
            await second.BeginAsync(TestContext.Current.CancellationToken);
            await second.UndoAsync(TestContext.Current.CancellationToken);

            Assert.DoesNotContain("PENDING", trial.Entries);
        });

    [Theory]
    [MemberData(nameof(Points))]
    public Task One_lost_or_failed_answer_changes_nothing(string intent, bool afterEffect) =>
        AtEachCallAsync(intent, async (trial, kind, call) =>
        {
            foreach (var reply in (FakeReply[])[FakeReply.Abort, FakeReply.Of(503), FakeReply.Of(500, "{}")])
                trial.Registry.FailAt(trial.Registry.Calls + call++, new CallFault(reply, afterEffect));

            await trial.RunAsync(kind, TestContext.Current.CancellationToken);
        });

    [Theory]
    [MemberData(nameof(Points))]
    public Task A_registry_that_fails_for_long_ends_the_run_and_its_undo_leaves_no_half_state(
        string intent, bool afterEffect) =>
        AtEachCallAsync(intent, async (trial, kind, call) =>
        {
            var before = trial.Entries;
            for (var each = 0; each < 30; each++)
                trial.Registry.FailAt(
                    trial.Registry.Calls + call + each, new CallFault(FakeReply.Of(503), afterEffect && each == 0));
            var registration = trial.Start(kind);
            var fault = await Assert.ThrowsAsync<UploadException>(
                () => Trial.RunAsync(registration, TestContext.Current.CancellationToken));
            Assert.Equal((UploadExit.Registry, true), (fault.ExitCode, fault.IsTransient));

            trial.Registry.Heal();
            await registration.UndoAsync(TestContext.Current.CancellationToken);

            AssertUndone(trial, kind, before);
        });

    private static void AssertUndone(Trial trial, UploadIntent kind, string before)
    {
        if (kind == UploadIntent.UpdateArtifact)
            Assert.Equal(before, trial.Entries);
        else
            Assert.Matches("^(ARCHIVED ?)*(ABANDONED)?$", trial.OwnStates);
    }

    // After each call's fault a run of a new process ends as one that was never disturbed.
    private static async Task AtEachCallAsync(string intent, Func<Trial, UploadIntent, int, Task> disturb)
    {
        var kind = Enum.Parse<UploadIntent>(intent);
        var (calls, end) = await Trial.UndisturbedAsync(kind);
        Assert.InRange(calls, 5, 15);
        for (var call = 1; call <= calls; call++)
        {
            await using var trial = await Trial.StartAsync();
            await disturb(trial, kind, call);
            trial.Registry.Heal();

            await trial.RunAsync(kind, TestContext.Current.CancellationToken);

            Assert.Equal(end, trial.Entries);
        }
    }
}
