using Tracebloc.Cli.Terminal;
using Tracebloc.Hosting;

namespace Tracebloc.Cli.Tests.Terminal;

public sealed class EndingTests
{
    [Theory]
    [InlineData(CliExit.Unexpected, "error")]
    [InlineData(CliExit.Usage, "error")]
    [InlineData(CliExit.Local, "error")]
    [InlineData(CliExit.NoRelease, "error")]
    [InlineData(CliExit.NotPermitted, "auth_error")]
    [InlineData(CliExit.TableExists, "error")]
    [InlineData(CliExit.Staging, "error")]
    [InlineData(CliExit.Submission, "submit_error")]
    [InlineData(CliExit.Run, "failed")]
    [InlineData(ExitCodes.Interrupted, "interrupted")]
    [InlineData(ExitCodes.Terminated, "interrupted")]
    public void A_fault_has_one_status_for_its_exit_code(int exitCode, string status) =>
        Assert.Equal(new Ending(status, exitCode), Ending.OfFault(exitCode));

    [Fact]
    public void A_run_with_failures_does_not_exit_with_0() =>
        Assert.Equal((9, 9, 0, 0), (
            Ending.CompletedWithFailures.ExitCode, Ending.Unknown.ExitCode, Ending.Detached.ExitCode,
            Ending.Cancelled.ExitCode));

    [Theory]
    [InlineData(130)]
    [InlineData(1)]
    public void A_fault_is_one_object_with_the_same_code(int exitCode)
    {
        using var output = new StringWriter();

        Exception fault = exitCode == 1 ? new InvalidDataException("bug") : new OperationCanceledException();

        App.Report(["ingest", "-o=json"], fault, exitCode, output);
        App.Report(["ingest"], new InvalidDataException("bug"), exitCode, output);

        var json = System.Text.Json.Nodes.JsonNode.Parse(output.ToString())!;
        Assert.Equal(exitCode, (int)json["exit_code"]!);
        Assert.Equal(
            exitCode == 1 ? "unexpected: InvalidDataException: bug" : "The program was ended by a signal",
            (string)json["error"]!);
    }
}
