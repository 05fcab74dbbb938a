using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

public sealed class OciRestartTests
{
    [Theory]
    [InlineData(OciFormat.Modelcar)]
    [InlineData(OciFormat.ModelPack)]
    [InlineData(OciFormat.Artifact)]
    public async Task A_run_that_ended_at_any_call_and_is_started_again_has_the_same_end(object format)
    {
        using var whole = New(format);
        var expected = await whole.PublishAsync(Model, "{}"u8.ToArray());

        for (var call = 1; call <= whole.Registry.Calls.Count; call++)
        {
            using var run = New(format);
            run.Registry.FailsAt = call;
            await Assert.ThrowsAsync<UploadException>(() => run.PublishAsync(Model, "{}"u8.ToArray()));
            Assert.Null(run.Registry.Tag($"{OciRun.Target}:1"));

            run.Registry.FailsAt = 0;
            var published = await run.PublishAsync(Model, "{}"u8.ToArray());

            Assert.Equal(expected.Digest, published.Digest);
            Assert.Equal(expected.Digest, run.Registry.Tag($"{OciRun.Target}:1"));
        }
    }

    private static MemoryModel Model => new(("a", "1"), ("b/c", new string('w', 1_048_577)));

    private static OciRun New(object format)
    {
        var run = new OciRun { Format = (OciFormat)format };
        run.AddBase();
        return run;
    }
}
