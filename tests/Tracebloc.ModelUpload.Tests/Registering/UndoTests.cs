using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.ModelRegistry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>The way back after a failure.</summary>
public sealed class UndoTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LIVE", nameof(FailureState.Restored), "LIVE")]
    [InlineData("UNKNOWN", nameof(FailureState.Restored), "UNKNOWN")]
    [InlineData("REFERENCE", nameof(FailureState.Restored), "REFERENCE")]
    [InlineData("PENDING", nameof(FailureState.Restored), "ABANDONED")]
    [InlineData("LIVE", nameof(FailureState.Abandoned), "ABANDONED")]
    public async Task The_state_from_before_comes_back_or_the_artifact_is_abandoned(
        string before, string onFailure, string after)
    {
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry) { OnFailure = Enum.Parse<FailureState>(onFailure) };
        trial.Registry.PatchArtifact("1", $$"""{"state":"{{before}}"}""");
        var registration = trial.Start(UploadIntent.UpdateArtifact);
        await registration.CheckAsync(Cancelled);
        await registration.BeginAsync(Cancelled);

        await registration.UndoAsync(Cancelled);

        Assert.Equal(after, (string?)trial.Registry.Artifacts[0]["state"]);
        Assert.Equal("oci://old", (string?)trial.Registry.Artifacts[0]["uri"]);
    }

    [Fact]
    public async Task A_state_that_others_have_set_since_stays()
    {
        await using var trial = await Trial.StartAsync();
        var registration = trial.Start(UploadIntent.UpdateArtifact);
        await registration.CheckAsync(Cancelled);
        await registration.BeginAsync(Cancelled);
        trial.Registry.PatchArtifact("1", """{"state":"MARKED_FOR_DELETION"}""");

        await Assert.ThrowsAsync<UploadException>(
            () => registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled));
        await registration.UndoAsync(Cancelled);

        Assert.Equal("MARKED_FOR_DELETION", (string?)trial.Registry.Artifacts[0]["state"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_that_another_takes_meanwhile_is_a_conflict_and_stays_untouched(bool isBeforeSearch)
    {
        await using var trial = await Trial.StartAsync();
        var registration = trial.Start(UploadIntent.CreateModel);
        await registration.CheckAsync(Cancelled);
        trial.Registry.After = request =>
        {
            var isSearch = request.Path.EndsWith("/registered_model", StringComparison.Ordinal);
            if (isSearch && trial.Registry.Models.Count == 1)
                Take();
        };
        if (isBeforeSearch)
            Take();

        void Take() => trial.Registry.AddModel("""{"name":"llama","owner":"eve"}""");

        var fault = await Assert.ThrowsAsync<UploadException>(
            () => registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled));
        await registration.UndoAsync(Cancelled);

        Assert.Contains("\"llama\" exists with id 2", fault.Message, StringComparison.Ordinal);
        Assert.Equal((2, 1, 1),
            (trial.Registry.Models.Count, trial.Registry.Versions.Count, trial.Registry.Artifacts.Count));
        Assert.Null(trial.Registry.Models[1]["state"]);
        Assert.DoesNotContain(trial.Registry.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task A_model_to_which_others_have_added_a_version_is_not_archived()
    {
        await using var trial = await Trial.StartAsync();
        var registration = trial.Start(UploadIntent.CreateModel);
        await registration.CheckAsync(Cancelled);
        await registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled);
        trial.Registry.AddVersion("2", """{"name":"eve's"}""");

        await registration.UndoAsync(Cancelled);

        Assert.Equal("LIVE ARCHIVED ABANDONED", trial.OwnStates);
    }

    [Fact]
    public async Task An_earlier_success_stays_when_a_later_try_is_undone()
    {
        await using var trial = await Trial.StartAsync();
        await trial.RunAsync(UploadIntent.CreateModel, Cancelled);
        var before = trial.Entries;
        var second = trial.Start(UploadIntent.CreateModel);
        await second.CheckAsync(Cancelled);
        await second.FinishAsync(Trial.Uri, Tracebloc.Registry.Digest.Of("new"u8), Cancelled);
        Assert.NotEqual(before, trial.Entries);

        await second.UndoAsync(Cancelled);

        Assert.Equal(before, trial.Entries);
    }

    [Theory]
    [InlineData(nameof(UploadIntent.UpdateArtifact))]
    [InlineData(nameof(UploadIntent.CreateModel))]
    public async Task A_registry_that_hangs_ends_the_undo_at_its_deadline(string intent)
    {
        await using var trial = await Trial.StartAsync();
        var time = new ManualTimeProvider();
        var registration = trial.Start(Enum.Parse<UploadIntent>(intent));
        await registration.CheckAsync(Cancelled);
        await registration.BeginAsync(Cancelled);
        await registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled);
        var hit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trial.Registry.FailAt(
            trial.Registry.Calls + 1, new CallFault(FakeReply.Never, false) { OnHit = () => hit.SetResult() });
        using var deadline = new Deadline(TimeSpan.FromSeconds(20), time, Cancelled);

        var undoing = registration.UndoAsync(deadline.Token);
        await hit.Task.WaitAsync(Cancelled);
        time.Advance(TimeSpan.FromSeconds(20));

        var fault = await Assert.ThrowsAsync<UploadException>(() => undoing);
        Assert.Contains("the time is up", fault.Message, StringComparison.Ordinal);
    }
}
