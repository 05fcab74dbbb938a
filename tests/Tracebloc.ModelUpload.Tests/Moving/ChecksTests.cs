using Tracebloc.ModelUpload.Moving;

namespace Tracebloc.ModelUpload.Tests.Moving;

public sealed class ChecksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_faults_of_all_sides_are_reported_at_once()
    {
        var parts = new UploadParts(
            new SomeSource { Fault = UploadException.OfSource("Source s3://b/k has no objects") },
            new SomeDestination(new Story { Fails = "check destination" }),
            new SomeRegistration(new Story())
            {
                Fault = new UploadException(UploadExit.Registry, "Model Registry has no artifact 6"),
            },
            null);

        var fault = await Assert.ThrowsAsync<UploadException>(() => Checks.RunAsync(parts, isWriting: true, Token));

        Assert.Equal(
            "Source s3://b/k has no objects; check destination failed; Model Registry has no artifact 6",
            fault.Message);
        Assert.Equal(UploadExit.Source, fault.ExitCode);
    }

    [Fact]
    public async Task A_plan_starts_no_upload_at_the_destination()
    {
        var story = new Story();

        var run = await Checks.RunAsync(Parts(story), isWriting: false, Token);

        Assert.Empty(story.Calls);
        Assert.Equal(["a note", "a warning"], run.Plan.Notes);
        Assert.Equal([".gitattributes"], run.Plan.LeftOut.Select(path => path.Text));
        Assert.Equal(2, run.Plan.RegistryCalls.Count);
    }

    private static UploadParts Parts(Story story) => new(
        new SomeSource(("a.json", [1])), new SomeDestination(story), new SomeRegistration(story), null);
}
