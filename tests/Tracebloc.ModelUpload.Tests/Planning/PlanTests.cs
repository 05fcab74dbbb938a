using System.Text.Json;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Planning;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Moving;

namespace Tracebloc.ModelUpload.Tests.Planning;

public sealed class PlanTests
{
    [Fact]
    public void A_plan_reads_as_from_to_parts_and_calls()
    {
        Assert.Equal(
            """
            From  s3://bucket/my-model  (4 files, 3.0 KiB)
            To    oci://ghcr.io/org/model:1.0
              stream       2.0 KiB  model.safetensors
              present         10 B  a.json and 1 more file
              copy          1014 B  t.bin
            Sends 2.0 KiB; 10 B is there already
            Left out
              .gitattributes
            Model Registry
              PATCH /model_artifacts/6 state=PENDING
            Signatures
              model.sig over the published files, by the key k
            Notes
              The registry has no referrers API

            """,
            PlanText.Of(Some));
    }

    [Fact]
    public void Bytes_that_are_not_known_are_not_counted_as_none()
    {
        var plan = Some with { Parts = [.. Some.Parts, Part(PartWay.Streamed, ("x.bin", null))] };
        Assert.Null(plan.Length);
        Assert.Contains("Sends unknown size; 10 B is there already", PlanText.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_beyond_forty_are_counted()
    {
        var many = Enumerable.Range(0, 42).Select(i => Part(PartWay.Streamed, ($"f{i:00}", 1)));
        var text = PlanText.Of(Some with { Parts = [.. many] });
        Assert.Contains("  and 2 more parts: see --output json\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("f40", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_control_characters_cannot_forge_a_line()
    {
        var plan = Some with { Parts = [Part(PartWay.Streamed, ("a\nSends 0 B", 1))] };
        Assert.DoesNotContain("\nSends 0 B", PlanText.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_has_every_part_with_its_files()
    {
        var plan = JsonDocument.Parse(PlanJson.Of(Some)).RootElement;
        Assert.Equal(4, plan.GetProperty("files").GetInt32());
        Assert.Equal(2048, plan.GetProperty("sendsBytes").GetInt64());
        var present = plan.GetProperty("parts")[1];
        Assert.Equal("present", present.GetProperty("way").GetString());
        Assert.Equal(
            ["a.json", "b.json"], present.GetProperty("files").EnumerateArray().Select(each => each.GetString()));
    }

    private static UploadPlan Some => new()
    {
        Source = "s3://bucket/my-model",
        Destination = "oci://ghcr.io/org/model:1.0",
        Parts =
        [
            Part(PartWay.Streamed, ("model.safetensors", 2048)),
            Part(PartWay.Present, ("a.json", 4), ("b.json", 6)),
            Part(PartWay.Copied, ("t.bin", 1014)),
        ],
        LeftOut = [SomeSource.PathOf(".gitattributes")],
        RegistryCalls = ["PATCH /model_artifacts/6 state=PENDING"],
        Signatures = ["model.sig over the published files, by the key k"],
        Notes = ["The registry has no referrers API"],
    };

    private static PlannedPart Part(PartWay way, params (string Path, long? Length)[] files) => new(
        files[0].Path,
        way,
        [.. files.Select(file => new SourceFile(SomeSource.PathOf(file.Path), file.Length, file.Path, "1", []))]);
}
