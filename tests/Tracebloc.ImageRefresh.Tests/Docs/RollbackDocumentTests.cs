using System.Text;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;
using static Tracebloc.ImageRefresh.Tests.TickFixture;
using Manifests = Tracebloc.Testing.Kubernetes.Some;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The documented rollback: its configuration gives the output shown beside it.</summary>
public sealed class RollbackDocumentTests
{
    [Fact]
    public async Task The_documented_plan_session_and_status_are_those_of_the_configuration()
    {
        await using var fixture = await StartAsync();
        fixture.Configuration = DocumentedConfiguration.Of("rollback", fixture.Registry.Host);
        fixture.RunInApi(fixture.Configuration.Images[0].Image);
        fixture.Api.Add(Manifests.Deployment("web").Container("web", "web:stable"));
        Push(fixture, "1");
        Assert.Equal(0, (await fixture.TickAsync()).ExitCode);
        Push(fixture, "2");
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Image("api")?.Contains('@') == true ? RolloutBehaviour.Completes : RolloutBehaviour.Crashes);

        var plan = ReportJson.Write(await fixture.TickAsync(dryRun: true));
        var session = new StringBuilder();
        session.Append("$ image-refresh run --config refresh.yaml\n");
        fixture.Forget();
        var tick = fixture.TickAsync();
        // Before the waits for the other workload's rollout pass: it tells since when a digest soaks.
        await fixture.WaitForAsync(call => call is { Verb: "patch", Name: "web" });
        await fixture.PassWaitsUntilAsync(tick);
        Append(session, await tick);
        fixture.Time.Advance(TimeSpan.FromMinutes(15));
        session.Append("$ image-refresh run --config refresh.yaml                             # the next tick\n");
        Append(session, await fixture.TickThroughWaitsAsync());
        var status = new StringBuilder("$ image-refresh status --config refresh.yaml\n");
        Append(status, await fixture.StatusAsync());
        session.Append("$ image-refresh release jobs-manager --config refresh.yaml\n");
        session.Append(ReleaseReport.Write(
            fixture.Configuration.Images[0], await fixture.ReleaseAsync("jobs-manager")));

        AssertShown("release", session.ToString(), fixture);
        AssertShown("plan", plan, fixture);
        AssertShown("status", status.ToString(), fixture);
    }

    private static void AssertShown(string block, string written, TickFixture fixture) => Assert.Equal(
        Documents.Block(block).Trim(),
        written.Replace(fixture.Registry.Host, "registry.example.com", StringComparison.Ordinal).Trim());

    private static void Append(StringBuilder session, TickResult report) =>
        session.Append(ReportText.Write(report)).Append($"exit {report.ExitCode}\n");

    private static void Push(TickFixture fixture, string content)
    {
        fixture.Registry.Push("jobs-manager", "prod", content);
        fixture.Registry.Push("web", "stable", content);
    }
}
