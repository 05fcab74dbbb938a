using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Registry;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Two digests of the ingestor were rolled back; an operator lets them be applied again.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task A_released_digest_is_rolled_out_by_the_next_run()
    {
        await using var fixture = await StartAsync();
        var (_, second) = await RolledBackTwiceAsync(fixture);

        var released = await fixture.ReleaseAsync("ingestor");

        Assert.Equal(2, released.Count);
        Assert.Equal(["get", "patch"], fixture.Api.Calls.Select(call => call.Verb));
        Assert.Equal(
            new RefreshRecord().Quarantine, fixture.Record("ingestor").Quarantine);
        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);
        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        fixture.AssertSettled("ingestor", second);
    }

    [Fact]
    public void A_released_digest_is_one_line_whatever_the_record_says()
    {
        var report = ReleaseReport.Write(Some.EnvSet(), [new(Some.A, Some.Now, "no\nspace")]);

        Assert.Equal(2, report.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Taking_two_annotations_away_by_hand_releases_all_of_them_as_well()
    {
        await using var fixture = await StartAsync();
        var (_, second) = await RolledBackTwiceAsync(fixture);

        fixture.Api.Edit(Acme, body =>
        {
            var annotations = body["metadata"]!["annotations"]!.AsObject();
            Assert.True(annotations.Remove("tracebloc.io/ingestor-refresh-quarantine"));
            Assert.True(annotations.Remove("tracebloc.io/ingestor-refresh-gave-up"));
        });

        fixture.Api.OnRollout(Acme, RolloutBehaviour.Completes);
        Assert.Equal([0], await fixture.ExitCodesAsync(1));
        fixture.AssertSettled("ingestor", second);
    }

    [Theory]
    [InlineData(71)]
    [InlineData(19)]
    public async Task One_digest_is_released_by_all_of_it_or_as_reports_print_it(int length)
    {
        await using var fixture = await StartAsync();
        var (first, second) = await RolledBackTwiceAsync(fixture);

        var released = await fixture.ReleaseAsync("ingestor", $"{first}"[..length]);

        Assert.Equal(first, Assert.Single(released).Digest);
        var record = fixture.Record("ingestor");
        Assert.Equal((second, second), (record.GaveUp, Assert.Single(record.Quarantine.Entries).Digest));
    }

    [Theory]
    [InlineData("sha256:0000")]
    [InlineData("sha256:")]
    public async Task A_digest_that_is_not_there_or_not_the_only_one_is_refused_with_those_that_are(string digest)
    {
        await using var fixture = await StartAsync();
        var (first, second) = await RolledBackTwiceAsync(fixture);

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => fixture.ReleaseAsync("ingestor", digest));

        Assert.StartsWith($"--digest {digest}: ", refused.Message);
        Assert.EndsWith($"{second}, {first}", refused.Message);
        Assert.Empty(fixture.Api.Writes);
    }

    [Fact]
    public async Task Where_nothing_is_quarantined_nothing_is_written()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv().RollingBack());

        var released = await fixture.ReleaseAsync("ingestor");

        Assert.Empty(fixture.Api.Writes);
        Assert.Equal(
            "ingestor: nothing is quarantined on deployment/acme\n",
            ReleaseReport.Write(fixture.Configuration.Images[0], released));
    }

    [Fact]
    public void Where_images_are_verified_the_report_names_the_look_at_refused_signatures() =>
        Assert.Equal(
            "ingestor: nothing is quarantined on deployment/acme; the next run looks up refused signatures again\n",
            ReleaseReport.Write(Some.EnvSet() with { Gates = new() { Verify = new() } }, []));

    [Fact]
    public async Task After_a_conflict_it_is_read_and_released_again()
    {
        await using var fixture = await StartAsync();
        await RolledBackTwiceAsync(fixture);
        fixture.Api.Fail("patch", "deployments", FakeFault.First(_ =>
        {
            fixture.Api.Edit(Acme, body => body["metadata"]!["annotations"]!["note"] = "I was here");
            return Task.CompletedTask;
        }));

        Assert.Equal(2, (await fixture.ReleaseAsync("ingestor")).Count);

        Assert.Equal([409, 200], fixture.Api.Writes.Select(call => call.Status));
        Assert.Equal("I was here", fixture.Annotations()["note"]);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_refused()
    {
        await using var fixture = await StartAsync(Deployment().Annotation(RefreshAnnotations.Quarantine("web"), "?"));
        fixture.Track(fixture.SetImage());

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => fixture.ReleaseAsync("web"));

        Assert.Contains("deployment/acme: the annotation tracebloc.io/web-refresh-quarantine", refused.Message);
    }

    [Fact]
    public void What_was_released_is_said_with_its_reason()
    {
        var text = ReleaseReport.Write(Some.EnvSet(), [new QuarantineEntry(Some.B, Some.Now, "it crashed")]);

        Assert.Equal(
            $"""
            ingestor: released {Some.B} on deployment/acme, quarantined since 2026-03-01T12:00:00.000Z: it crashed
            The next run rolls it out again where the registry still serves it.

            """,
            text);
    }

    private static async Task<(Digest First, Digest Second)> RolledBackTwiceAsync(TickFixture fixture)
    {
        await fixture.SeenAsync(fixture.SetEnv().RollingBack());
        var good = fixture.Push("ingestor", "1");
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Variable("api", Variable) == $"{good}" ? RolloutBehaviour.Completes : RolloutBehaviour.Crashes);
        var first = fixture.Push("ingestor", "broken");
        Assert.Equal([12], await fixture.ExitCodesAsync(1));
        var second = fixture.Push("ingestor", "broken again");
        Assert.Equal([12, 13], await fixture.ExitCodesAsync(2));
        fixture.Forget();
        return (first, second);
    }
}
