using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Records;

public sealed class RecordBeliefTests
{
    private const string Repository = "docker.io/tracebloc/jobs-manager";
    private const string Other = "docker.io/attacker/backdoor";

    [Theory]
    // The action names api.
    [InlineData("restart api", "gone", Repository, true, "dropped")]
    [InlineData("restart api", "api", Repository, true, "believed")]
    [InlineData("restart api", "api", Repository, false, "believed")]
    [InlineData("restart api", "api", Other, true, "dropped")]
    [InlineData("restart api", "web", Repository, true, "and the configuration names api; give")]
    [InlineData("restart api", "web", Other, false, "and the configuration names api; give")]
    // The action names no container that it pins.
    [InlineData("restart", "api", Repository, true, "believed")]
    [InlineData("restart", "api", Repository, false, "believed")]
    [InlineData("restart", "api", Other, true, "which does not run docker.io/tracebloc/jobs-manager; give")]
    [InlineData("restart", "api", Other, false, "dropped")]
    [InlineData("setEnv", "api", Repository, true, "believed")]
    [InlineData("setEnv", "api", Other, true, "which does not run docker.io/tracebloc/jobs-manager; give")]
    [InlineData("setImage", "web", Repository, true, "believed")]
    [InlineData("setImage", "api", Repository, true, "dropped")]
    [InlineData("setImage, verify", "api", Repository, true, "dropped")]
    [InlineData("setImage, verify", "web", Repository, true, "which would get a tag again, and verify allows none")]
    [InlineData("setEnv, verify", "api", Repository, true, "which would get a tag again, and verify allows none")]
    [InlineData("restart api, verify", "api", Repository, true, "believed")]
    [InlineData("setImage", "web", "no reference", true, "which does not run docker.io/tracebloc/jobs-manager; give")]
    public void A_pin_is_believed_only_where_configuration_and_workload_confirm_it(
        string action, string container, string repository, bool isPinned, string answer)
    {
        var image = Restarted() with
        {
            Gates = new() { Verify = action.EndsWith(", verify", StringComparison.Ordinal) ? new() : null },
            Action = action.Split(',')[0] switch
            {
                "setEnv" => new RefreshAction.SetEnv("api", "DIGEST"),
                "setImage" => new RefreshAction.SetImage("api"),
                "restart api" => new RefreshAction.Restart("api"),
                _ => new RefreshAction.Restart(),
            },
        };
        var workload = Workload()
            .Change(container, found => found with { Image = isPinned ? $"{repository}@{A}" : $"{repository}:prod" });
        var written = new RefreshRecord { Settled = A, Pin = new(container) };

        var reading = RecordBelief.Confirm(image, workload, written);

        if (reading is RecordReading.Unreadable(var message))
        {
            var key = RefreshAnnotations.PinnedFrom(image.Name);
            Assert.Contains($"{key} names the container {container}, {answer}", message);
            return;
        }
        var expected = answer == "believed" ? written : written with { Pin = null };
        Assert.Equal(new RecordReading.Ok(written, expected), reading);
    }
}
