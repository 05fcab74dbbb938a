using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Testing.ModelRegistry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>Runs with any faults at any of their calls, killed, terminated and started again.</summary>
public sealed class RandomFaultTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(50);

    [Theory]
    [InlineData(nameof(UploadIntent.UpdateArtifact))]
    [InlineData(nameof(UploadIntent.CreateModel))]
    [InlineData(nameof(UploadIntent.CreateVersion))]
    public async Task They_end_as_a_run_that_was_never_disturbed(string intent)
    {
        var kind = Enum.Parse<UploadIntent>(intent);
        var (_, end) = await Trial.UndisturbedAsync(kind);

        // A step is a call's distance, its fault, and whether it comes after the effect.
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Call, byte Fault, bool IsAfterEffect)[]>(), steps =>
            EndOfAsync(kind, steps, end)).Check(Runs);
    }

    private static async Task EndOfAsync(
        UploadIntent kind, (byte Call, byte Fault, bool IsAfterEffect)[] steps, string end)
    {
        await using var trial = await Trial.StartAsync();
        foreach (var (call, fault, isAfterEffect) in steps.Take(5))
            await DisturbAsync(trial, kind, (call % 12) + 1, (fault % 4, isAfterEffect));
        trial.Registry.Heal();

        await trial.RunAsync(kind, TestContext.Current.CancellationToken);

        Assert.Equal(end, trial.Entries);
    }

    // 0: a fault that is overcome, 1: one that lasts, 2: a kill, 3: a termination.
    private static async Task DisturbAsync(
        Trial trial, UploadIntent kind, int call, (int Kind, bool IsAfterEffect) fault)
    {
        using var end = new CancellationTokenSource();
        var reply = new CallFault(fault.Kind == 0 ? FakeReply.Of(502) : FakeReply.Abort, fault.IsAfterEffect)
        {
            OnHit = () => (fault.Kind >= 2 ? end : null)?.Cancel(),
        };
        for (var each = 0; each < (fault.Kind == 1 ? 40 : 1); each++)
            trial.Registry.FailAt(trial.Registry.Calls + call + each, reply);
        var (registration, before) = (trial.Start(kind), trial.Entries);
        var outcome = await Record.ExceptionAsync(() => Trial.RunAsync(registration, end.Token));
        Assert.True(
            outcome is null or OperationCanceledException or UploadException { IsTransient: true }, $"{outcome}");
        trial.Registry.Heal();
        if (outcome is not null && fault.Kind != 2)
        {
            await registration.UndoAsync(TestContext.Current.CancellationToken);
            // A run that was killed leaves its PENDING, and the next may not come as far as its own.
            if (trial.Entries != before)
                Assert.DoesNotContain("PENDING", trial.Entries);
        }
    }
}
