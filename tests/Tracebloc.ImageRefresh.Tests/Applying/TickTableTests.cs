using System.Text.Json.Nodes;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>Every row of the table of <see cref="Planner"/> as a whole tick, seen from both servers.</summary>
public sealed class TickTableTests
{
    [Fact]
    public async Task A_pinned_image_and_one_given_by_digest_are_asked_for_nowhere()
    {
        await using var fixture = await StartAsync();
        fixture.Track(
            fixture.Restart() with { Pinned = true },
            fixture.SetImage() with { Image = ImageReference.Parse($"{fixture.Registry.Host}/web@{Some.A}") });

        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Pinned, image.Outcome));
        Assert.Equal(0, report.ExitCode);
        Assert.Empty(fixture.Api.Calls);
        Assert.Empty(fixture.Registry.Requests);
    }

    [Fact]
    public async Task A_pinned_image_beside_a_floating_one_is_left_alone()
    {
        await using var fixture = await StartAsync();
        fixture.Push("manager", "1");
        fixture.Track(fixture.Restart(), fixture.SetEnv() with { Pinned = true });

        var report = await fixture.TickAsync();

        Assert.Equal([Outcome.Recorded, Outcome.Pinned], report.Images.Select(image => image.Outcome));
        Assert.All(fixture.Registry.Requests, request => Assert.Equal("tracebloc/manager", request.Repository));
    }

    [Fact]
    public async Task A_digest_found_in_place_is_adopted_and_a_newer_one_follows_on_the_next_tick()
    {
        var workload = WithContainers(Testing.Kubernetes.Some.Deployment("acme"), $"{Some.A}");
        await using var fixture = await StartAsync(workload);
        var newer = fixture.Push("ingestor", "2");
        fixture.Track(fixture.SetEnv());

        var first = await fixture.TickAsync();

        Assert.Equal(Outcome.Adopted, Assert.Single(first.Images).Outcome);
        fixture.AssertSettled("ingestor", Some.A);
        fixture.AssertRollouts(0);

        var second = await fixture.TickAsync();

        Assert.Equal(Outcome.Refreshed, Assert.Single(second.Images).Outcome);
        Assert.Equal($"{newer}", Assert.Single(fixture.AssertRollouts(1)).Variable("api", Variable));
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task A_publisher_who_goes_back_to_an_older_digest_is_followed()
    {
        await using var fixture = await StartAsync();
        var first = await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "2");
        await fixture.TickAsync();
        fixture.Registry.Move("tracebloc/ingestor", "prod", $"{first}");

        await fixture.TickAsync();

        Assert.Equal($"{first}", fixture.AssertRollouts(2)[1].Variable("api", Variable));
        fixture.AssertSettled("ingestor", first);
    }

    [Fact]
    public async Task A_reverted_variable_is_set_again_and_the_log_says_who_it_was()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        var newer = fixture.Push("ingestor", "2");
        await fixture.TickAsync();
        fixture.Api.Edit(Acme, body => Variables(body)![0]!["value"] = $"{Some.A}", manager: "helm");

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Repaired, Assert.Single(report.Images).Outcome);
        Assert.Equal($"{newer}", fixture.LiveVariable());
        Assert.Contains(fixture.Logger.Lines, line => line.StartsWith("Warning") && line.Contains("by helm at"));
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task An_image_set_back_to_its_tag_is_set_again()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetImage());
        var newer = fixture.Push("web", "2");
        await fixture.TickAsync();
        fixture.Api.Edit(Acme, body => Containers(body)[1]!["image"] = "example.com/web:stable", manager: "helm");

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Repaired, Assert.Single(report.Images).Outcome);
        Assert.EndsWith($"@{newer}", fixture.LiveImage());
        Assert.Contains(fixture.Logger.Lines, line => line.Contains("helm"));
    }

    [Fact]
    public async Task A_variable_that_this_worker_had_set_and_somebody_wiped_is_set_again()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        var newer = fixture.Push("ingestor", "2");
        await fixture.TickAsync();
        fixture.Api.Edit(Acme, body => Containers(body)[0]!.AsObject().Remove("env"), manager: "kubectl-replace");

        var report = await fixture.TickAsync();

        Assert.Equal(Outcome.Repaired, Assert.Single(report.Images).Outcome);
        Assert.Equal($"{newer}", fixture.LiveVariable());
        fixture.AssertSettled("ingestor", newer);
    }

    [Fact]
    public async Task Newer_digests_become_a_restart_a_variable_and_an_image_in_one_patch_and_one_rollout()
    {
        await using var fixture = await StartAsync();
        TrackedImage[] images = [fixture.Restart(), fixture.SetEnv(), fixture.SetImage()];
        await fixture.SeenAsync(images);
        var newer = images.ToDictionary(image => image.Name, image => fixture.Push(image.Name, "2"));

        var report = await fixture.TickAsync();

        Assert.All(report.Images, image => Assert.Equal(Outcome.Refreshed, image.Outcome));
        Assert.Equal(0, report.ExitCode);
        var rollout = Assert.Single(fixture.AssertRollouts(1));
        Assert.NotNull(rollout.Template["metadata"]!["annotations"]![WorkloadPatch.RestartedAt]);
        Assert.Equal("registry.example.com/manager:prod", rollout.Image("api"));
        Assert.Equal($"{newer["ingestor"]}", rollout.Variable("api", Variable));
        Assert.Equal($"{fixture.Registry.Host}/tracebloc/web@{newer["web"]}", rollout.Image("web"));
        Assert.Equal(2, fixture.Api.Writes.Count); // The refresh and its conclusion.
        foreach (var (name, digest) in newer)
            fixture.AssertSettled(name, digest);
    }

    private static JsonArray Containers(JsonObject body) =>
        body["spec"]!["template"]!["spec"]!["containers"]!.AsArray();

    private static JsonNode? Variables(JsonObject body) => Containers(body)[0]!["env"];
}
