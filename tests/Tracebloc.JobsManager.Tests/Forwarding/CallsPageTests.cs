using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Forwarding;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Forwarding;

/// <summary>docs/protocol.md: its table of calls is the program's own list, with the program's own checks.</summary>
public sealed class CallsPageTests
{
    private const int Kibi = 1024;

    private static readonly RunClaims Claims = new(
        "run-7", "houses", "train", Some.Time, Some.Time.AddHours(1));

    [Fact]
    public void The_documented_calls_are_those_that_pass() => MarkedPage.Protocol.Verify(
        "calls",
        "\n| call | method and path | query | equal to the token's | longest body |\n|---|---|---|---|---|\n"
        + string.Concat(CentralCall.All.Select(Row)));

    [Fact]
    public void What_the_table_names_is_what_the_program_refuses_for_another_token()
    {
        var other = Claims with { Table = "flats", Intent = "test" };

        Assert.All(CentralCall.All, call => Assert.Equal(
            Checked(call).Any(part => !part.EndsWith("body", StringComparison.Ordinal)),
            AllowedCalls.Find(call.Method.Method, TargetFor(call), other).Refusal?.Status == 403));
    }

    private static string Row(CentralCall call) =>
        $"| {call.Name} | `{call.Method} {call.Path}` | {Listed(call.QueryKeys.Select(Code))} "
        + $"| {Listed(Checked(call))} | {Size(call.MostBytes)} |\n";

    private static IEnumerable<string> Checked(CentralCall call) =>
    [
        .. new[] { CentralCall.Table }.Where(call.Path.Contains).Select(Code),
        .. call.QueryKeys.Where(key => IsRefused(call, key)).Select(Code),
        .. (BodyShape.Of(call, Claims)?.Members ?? []).Where(member => member.Values is not null)
            .Select(member => $"{Code(member.Name)} in the body"),
    ];

    // By the answer of the rules to a query in which this value alone is another.
    private static bool IsRefused(CentralCall call, string key) =>
        QueryRules.Refusal(call, QueryOf(call, key), Claims)?.Status == 403;

    private static string TargetFor(CentralCall call) =>
        call.Path.Replace(CentralCall.Table, Claims.Table, StringComparison.Ordinal)
        + (call.QueryKeys.Count == 0 ? "" : $"?{QueryOf(call, null)}");

    private static string QueryOf(CentralCall call, string? wrong) => string.Join('&', call.QueryKeys.Select(
        key => $"{key}={(key == wrong ? "other" : key switch
        {
            "table_name" => Claims.Table,
            "data_intent" => Claims.Intent,
            "injestor_id" => Claims.IngestorId,
            "category" => "tabular_regression",
            "data_format" => "tabular",
            _ => throw new InvalidOperationException($"{key} is no key of a query"),
        })}"));

    private static string Code(string text) => $"`{text}`";

    private static string Listed(IEnumerable<string> parts) =>
        string.Join(", ", parts) is { Length: > 0 } list ? list : "–";

    private static string Size(int bytes) => bytes switch
    {
        0 => "none",
        >= Kibi * Kibi => $"{bytes / Kibi / Kibi} MiB",
        _ => $"{bytes / Kibi} KiB",
    };
}
