using System.Globalization;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Tests.Planning;
using Tracebloc.ImageRefresh.Workloads;
using static Tracebloc.ImageRefresh.Tests.Some;

namespace Tracebloc.ImageRefresh.Tests.Gates;

public sealed class OpeningHoursTests
{
    [Theory]
    [InlineData("2026-03-02T20:59:59Z", false)]
    [InlineData("2026-03-02T21:00:00Z", true)]
    public void A_newer_digest_waits_for_the_window(string now, bool rolls)
    {
        var image = Within("Mon-Fri 22:00-04:00 Europe/Berlin");

        var plan = Plan(image, Workload(SettledOnA).WithEnv(A.ToString()), B, now);

        Assert.Equal(rolls ? Outcome.Refreshed : Outcome.Held, plan.Outcome());
        Assert.Equal(rolls, plan.Rolls);
        Assert.Equal(rolls, !plan.Edit.IsEmpty);
    }

    [Fact]
    public void So_does_a_repair()
    {
        var workload = Workload(SettledOnA, (RefreshAnnotations.Applied("ingestor"), A.ToString()));

        var plan = Plan(Within("Sat 00:00-24:00 UTC"), workload.WithEnv(B.ToString()), A, "2026-03-02T12:00:00Z");

        Assert.Equal(Outcome.Held, plan.Outcome());
    }

    [Theory]
    [InlineData("Mon-Fri 22:00-04:00 Europe/Berlin", "2026-03-02T12:34:56.789Z", "2026-03-02T21:00:00Z")]
    [InlineData("Mon-Fri 22:00-04:00 Europe/Berlin", "2026-03-07T03:00:00Z", "2026-03-09T21:00:00Z")]
    [InlineData("Mon 12:00-13:00 UTC", "2026-03-02T13:00:00Z", "2026-03-09T12:00:00Z")]
    [InlineData("Sun 02:30-04:00 Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-03-28T12:00:00Z", "2026-04-05T00:15:00Z")]
    [InlineData("Sun 02:15-02:45 Europe/Berlin", "2026-03-22T01:45:00Z", "2026-04-05T00:15:00Z")]
    [InlineData("Sat 22:00-02:30 Europe/Berlin", "2026-10-25T00:45:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("Sun 00:00-01:00 America/Santiago", "2026-09-05T12:00:00Z", "2026-09-13T03:00:00Z")]
    public void Until_is_when_it_opens_next(string window, string now, string until)
    {
        var plan = Plan(Within(window), Workload(SettledOnA).WithEnv(A.ToString()), B, now);

        Assert.Equal(DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), Assert.Single(plan.Images).Until);
    }

    [Fact]
    public void Of_several_the_one_that_opens_first_is_named()
    {
        var image = Within("Sat 10:00-12:00 UTC", "Mon-Fri 22:00-04:00 Europe/Berlin");

        var held = Assert.Single(
            Plan(image, Workload(SettledOnA).WithEnv(A.ToString()), B, "2026-03-02T12:00:00Z").Images);

        Assert.Equal(
            "held until 2026-03-02 21:00:00Z: Mon-Fri 22:00-04:00 Europe/Berlin opens then", held.Message);
    }

    [Fact]
    public void A_rollout_under_way_is_judged_outside_of_it()
    {
        var workload = Workload(
            SettledOnA, (RefreshAnnotations.Applied("ingestor"), B.ToString()),
            (RefreshAnnotations.Attempts("ingestor"), "1"));

        var plan = Plan(Within("Sat 00:00-24:00 UTC"), workload.WithEnv(B.ToString()), B, "2026-03-02T12:00:00Z");

        Assert.Equal(Outcome.Settled, plan.Outcome());
    }

    private static (string, string) SettledOnA => (RefreshAnnotations.Settled("ingestor"), A.ToString());

    private static TrackedImage Within(params string[] windows) => EnvSet() with
    {
        Gates = new() { Windows = [.. windows.Select(Window)] },
    };

    private static RefreshWindow Window(string text) =>
        RefreshWindowParser.TryParse(text, out var window, out var error)
            ? window
            : throw new ArgumentException(error, nameof(text));

    private static WorkloadPlan Plan(TrackedImage image, Workload workload, Registry.Digest latest, string now) =>
        Planner.Plan(
            Seen(workload, RolloutStatus.Settled, image),
            [new ImageLookup(image, Ok(latest))],
            Policy,
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
}
