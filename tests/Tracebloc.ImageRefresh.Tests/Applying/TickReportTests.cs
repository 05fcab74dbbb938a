using System.Text.Json;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Reporting;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Applying;

public sealed class TickReportTests
{
    private static ImageResult Image(Outcome outcome, RefreshRecord? after = null) => new()
    {
        Image = EnvSet(),
        Outcome = outcome,
        Message = "why",
        Record = after ?? new RefreshRecord(),
        Recorded = after ?? new RefreshRecord(),
    };

    private static TickResult Report(params ImageResult[] images) =>
        new(Now, TimeSpan.FromSeconds(1.5), images, Policy);

    [Theory]
    [InlineData("Pinned", ExitCodes.Done)]
    [InlineData("Unchanged", ExitCodes.Done)]
    [InlineData("Recorded", ExitCodes.Done)]
    [InlineData("Adopted", ExitCodes.Done)]
    [InlineData("Settled", ExitCodes.Done)]
    [InlineData("Refreshed", ExitCodes.Done)]
    [InlineData("Repaired", ExitCodes.Done)]
    [InlineData("Retried", ExitCodes.Done)]
    [InlineData("Waiting", ExitCodes.Done)]
    [InlineData("Deferred", ExitCodes.Done)]
    [InlineData("Unresolved", ExitCodes.Done)]
    [InlineData("Incomplete", ExitCodes.Done)]
    [InlineData("Skipped", ExitCodes.Done)]
    [InlineData("RolloutFailed", ExitCodes.Rollout)]
    [InlineData("GaveUp", ExitCodes.Frozen)]
    [InlineData("Untrusted", ExitCodes.Signature)]
    [InlineData("Misconfigured", ExitCodes.Usage)]
    [InlineData("Unreachable", ExitCodes.Kubernetes)]
    public void Every_outcome_has_its_exit_code(string outcome, int expected) =>
        Assert.Equal(expected, Report(Image(Enum.Parse<Outcome>(outcome))).ExitCode);

    [Theory]
    [InlineData(2, ExitCodes.Done)]
    [InlineData(3, ExitCodes.Registry)]
    [InlineData(9, ExitCodes.Registry)]
    public void A_registry_is_tolerated_up_to_the_threshold(int failures, int expected)
    {
        Assert.Equal(expected, Report(Image(Outcome.Unresolved, new() { Failures = failures })).ExitCode);
        Assert.Equal(expected, Report(Image(Outcome.Incomplete, new() { Failures = failures })).ExitCode);
    }

    [Fact]
    public void A_digest_given_up_does_not_turn_green_while_the_registry_is_away() =>
        Assert.Equal(ExitCodes.Frozen, Report(Image(Outcome.Unresolved, new() { Failures = 1, GaveUp = B })).ExitCode);

    [Fact]
    public void What_is_held_back_is_green_until_it_is_overdue_or_hides_a_failed_rollout()
    {
        Assert.Equal(ExitCodes.Done, Report(Image(Outcome.Held)).ExitCode);
        Assert.Equal(ExitCodes.Frozen, Report(Image(Outcome.Held) with { IsOverdue = true }).ExitCode);
        Assert.Equal(ExitCodes.Rollout, Report(Image(Outcome.Held, new() { FailedAttempts = 1 })).ExitCode);
    }

    [Theory]
    [InlineData("Waiting")]
    [InlineData("Deferred")]
    [InlineData("Held")]
    public void What_has_failed_does_not_turn_green_while_its_cure_is_put_off(string outcome)
    {
        var putOff = Enum.Parse<Outcome>(outcome);
        var suspect = new Quarantine(new QuarantineEntry(B, Now, "") { IsSuspect = true });

        Assert.Equal(ExitCodes.Rollout, Report(Image(putOff, new() { FailedAttempts = 1 })).ExitCode);
        Assert.Equal(ExitCodes.Rollout, Report(Image(putOff, new() { Quarantine = suspect })).ExitCode);
        Assert.Equal(ExitCodes.Frozen, Report(Image(putOff, new() { FailedAttempts = 3, GaveUp = A })).ExitCode);
    }

    [Theory]
    [InlineData("Misconfigured", "Unreachable", ExitCodes.Usage)]
    [InlineData("Unreachable", "Untrusted", ExitCodes.Kubernetes)]
    [InlineData("Untrusted", "RolloutFailed", ExitCodes.Signature)]
    [InlineData("RolloutFailed", "GaveUp", ExitCodes.Rollout)]
    [InlineData("RolledBack", "Quarantined", ExitCodes.Rollout)]
    [InlineData("GaveUp", "Unresolved", ExitCodes.Frozen)]
    [InlineData("Unresolved", "Unchanged", ExitCodes.Registry)]
    public void Of_two_images_the_graver_one_gives_the_exit_code(string graver, string other, int expected)
    {
        var away = new RefreshRecord { Failures = Policy.FailureThreshold };
        ImageResult[] images = [Image(Enum.Parse<Outcome>(other), away), Image(Enum.Parse<Outcome>(graver), away)];

        Assert.Equal(expected, Report(images).ExitCode);
        Assert.Equal(expected, Report([.. images.Reverse()]).ExitCode);
    }

    [Fact]
    public void The_gravest_outcome_gives_the_exit_code() =>
        Assert.Equal(
            ExitCodes.Kubernetes,
            Report(Image(Outcome.GaveUp), Image(Outcome.Unreachable), Image(Outcome.RolloutFailed)).ExitCode);

    [Fact]
    public void A_line_stays_one_whatever_pods_and_servers_say()
    {
        var plan = Image(Outcome.RolloutFailed) with { Message = "no\n  space\u2028\u001b[31m", Warnings = ["a\r\nb"] };

        Assert.Equal(
            """
            ingestor  rollout failed  -                    no space [31m; warning: a b
            1 rollout failed

            """,
            ReportText.Write(Report(plan)));
    }

    [Fact]
    public void Text_has_one_line_an_image_and_one_that_counts()
    {
        var text = ReportText.Write(Report(
            Image(Outcome.Refreshed) with { Latest = B, Message = "rollout complete" }, Image(Outcome.GaveUp)));

        Assert.Equal(
            """
            ingestor  refreshed       sha256:bbbbbbbbbbbb  rollout complete
            ingestor  gave up         -                    why
            1 refreshed, 1 gave up

            """,
            text);
    }

    [Fact]
    public void What_is_to_be_looked_at_all_the_same_is_on_the_line_of_its_image()
    {
        var image = Image(Outcome.Unchanged) with { Message = "", Warnings = ["one", "two"] };
        var report = Report(image, image with { Message = "why" });

        Assert.Equal(
            """
            ingestor  unchanged       -                    warning: one; warning: two
            ingestor  unchanged       -                    why; warning: one; warning: two
            2 unchanged

            """,
            ReportText.Write(report));
        var json = JsonElement.Parse(ReportJson.Write(report)).GetProperty("images")[0];
        Assert.Equal(["one", "two"], json.GetProperty("warnings").EnumerateArray().Select(each => each.GetString()));
    }

    [Fact]
    public void Json_says_the_same_for_programs()
    {
        var failed = Image(Outcome.RolloutFailed, new() { Settled = A, Applied = B, Attempts = 2 });
        var report = Report(failed with { Latest = B });

        var json = JsonElement.Parse(ReportJson.Write(report));

        Assert.Equal("RefreshReport", json.GetProperty("kind").GetString());
        Assert.Equal(12, json.GetProperty("exitCode").GetInt32());
        var image = Assert.Single(json.GetProperty("images").EnumerateArray());
        Assert.Equal("rolloutFailed", image.GetProperty("outcome").GetString());
        Assert.Equal(A.ToString(), image.GetProperty("recorded").GetString());
        Assert.Equal(2, image.GetProperty("attempts").GetInt32());
        Assert.False(image.TryGetProperty("live", out _));
        Assert.False(image.TryGetProperty("warnings", out _));
    }
}
