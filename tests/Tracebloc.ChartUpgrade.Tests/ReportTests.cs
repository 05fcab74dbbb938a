using Tracebloc.ChartUpgrade.Planning;
using Tracebloc.ChartUpgrade.Reporting;
using Tracebloc.Testing;

namespace Tracebloc.ChartUpgrade.Tests;

public sealed class ReportTests
{
    [Fact]
    public void Arrows_and_quotes_are_not_escaped()
    {
        const string text = "1.0.0 -> 1.1.0 is 'it' & more";
        var plan = UpgradePlan.Only(UpgradeOutcome.Upgraded, text);

        var report = UpgradeReportJson.Write(new(UpgradeFixture.Acme, plan, Some.Now, TimeSpan.Zero));

        Assert.Contains(text, report, StringComparison.Ordinal);
        Assert.EndsWith("\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_outcome_is_documented_with_its_exit_code() =>
        Assert.All(
            Enum.GetValues<UpgradeOutcome>(),
            outcome =>
            {
                var report = new UpgradeReport(UpgradeFixture.Acme, UpgradePlan.Only(outcome, ""), default, default);
                var row = $@"(?m)^\|.*\|[^|]* {UpgradeReport.Name(outcome)}(,[^|]*)? \| {report.ExitCode} \|$";
                Assert.Matches(row, Documents.Text);
            });
}
