using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Moving;

/// <summary>A Model Registry's part that tells the story.</summary>
internal sealed class SomeRegistration(Story story) : Registration
{
    /// <summary>The fault of the check; null for none.</summary>
    public UploadException? Fault { get; init; }

    public override Task<RegistryObservation> CheckAsync(CancellationToken cancellationToken) => Fault is not null
        ? Task.FromException<RegistryObservation>(Fault)
        : Task.FromResult(new RegistryObservation
        {
            Intent = UploadIntent.UpdateArtifact,
            Calls = ["PATCH /model_artifacts/6 state=PENDING", "PATCH /model_artifacts/6 state=LIVE"],
            Warnings = ["a warning"],
        });

    public override Task BeginAsync(CancellationToken cancellationToken) => Tell("begin");

    public override async Task<RegisteredIds> FinishAsync(
        string uri, Digest? digest, CancellationToken cancellationToken)
    {
        await Tell($"finish {uri}");
        return new RegisteredIds(null, null, "6");
    }

    public override Task UndoAsync(CancellationToken deadline)
    {
        Assert.False(deadline.IsCancellationRequested);
        return Tell("undo");
    }

    private Task Tell(string call)
    {
        story.Tell(call);
        return Task.CompletedTask;
    }
}
