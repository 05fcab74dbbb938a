using System.Text.Json.Nodes;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Tests.Runs;

public sealed class RunEndTests
{
    public static TheoryData<string?, string?, string, int> Ends => new()
    {
        { null, null, "unknown", 9 },
        { "accepted", null, "unknown", 9 },
        { "running", null, "unknown", 9 },
        { "failed", null, "failed", 9 },
        { "cancelled", null, "failed", 9 },
        { "succeeded", null, "succeeded", 0 },
        { "succeeded", """{"total_records":3,"inserted_records":3,"sent_to_api":3}""", "succeeded", 0 },
        { "succeeded", """{"total_records":3,"inserted_records":2,"sent_to_api":2}""", "completed_with_failures", 9 },
        { "succeeded", """{"total_records":3,"inserted_records":3,"sent_to_api":2}""", "completed_with_failures", 9 },
        {
            "succeeded", """{"total_records":3,"inserted_records":3,"sent_to_api":0,"registered":false}""",
            "succeeded", 0
        },
        {
            "succeeded", """{"total_records":3,"inserted_records":3,"sent_to_api":0,"registered":true}""",
            "completed_with_failures", 9
        },
        { "succeeded", """{"skipped_records":1}""", "completed_with_failures", 9 },
        { "succeeded", """{"db_insert_failures":1}""", "completed_with_failures", 9 },
        { "succeeded", """{"file_transfer_failures":1}""", "completed_with_failures", 9 },
        { "succeeded", """{"total_records":"many"}""", "succeeded", 0 },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void The_state_and_the_summary_make_the_word_and_the_code(
        string? state, string? summary, string word, int code)
    {
        var run = state is null ? null : new RunReport
        {
            State = state,
            Summary = summary is null ? null : JsonNode.Parse(summary),
        };

        Assert.Equal(new Ending(word, code), RunEnd.Of(run));
        Assert.Equal(code == 0, RunEnd.FaultOf(run, "cats-1") is null);
    }
}
