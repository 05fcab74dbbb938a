using System.Text.Json.Nodes;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Ingestor.Tests.Verbs;

/// <summary>docs/ingestion.md: what a submission prints is what this one prints.</summary>
public sealed class SubmitPageTests : IAsyncLifetime
{
    private const string Command = "$ ingestor submit ingest.yaml --to http://127.0.0.1:8080 --token-file token";

    private SubmitScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await SubmitScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_documented_submission_is_a_real_one()
    {
        _scene.Manager.Report(
            State("accepted"),
            State("running"),
            new JsonObject
            {
                ["state"] = "succeeded",
                ["summary"] = JsonNode.Parse(
                    """{"table":"houses_train","inserted_records":120,"registered":true,"remarks":[]}"""),
            });
        var submitting = _scene.SubmitAsync(
            _scene.Options with { Key = null, Wait = SubmitOptions.DefaultWait });

        for (var pause = 0; pause < 2; pause++) await _scene.PassPauseAsync(TimeSpan.FromSeconds(2));
        var (_, output) = await submitting;

        var lines = output.TrimEnd().Split('\n');
        MarkedPage.Ingestion.VerifyBlock("ingestion-submit",
        [
            "$ kubectl port-forward service/jobs-manager 8080 -n tracebloc &",
            "$ kubectl create token my-account --audience jobs-manager -n tracebloc > token",
            $"{Command} --wait",
            .. lines[..2],
            .. Log(),
            .. lines[2..],
        ]);
    }

    [Fact]
    public async Task The_documented_rejection_is_a_real_one()
    {
        _scene.Manager.Answer(FakeReply.Of(
            403,
            """{"detail":"Service account tracebloc/my-account may not write table houses_train; """
            + """it may write tables that begin with demo_, test_"}"""));

        var (code, _) = await _scene.SubmitAsync();

        MarkedPage.Ingestion.VerifyBlock(
            "ingestion-submit-rejected", [Command, .. Log(), "$ echo $?", $"{code}"]);
    }

    private static JsonObject State(string state) => new() { ["state"] = state };

    // As the program writes a line to a terminal.
    private IEnumerable<string> Log() => _scene.Logger.Lines.Select(line => line
        .Replace("Information: ", "10:15:00 INF ", StringComparison.Ordinal)
        .Replace("Error: ", "10:15:00 ERR ", StringComparison.Ordinal));
}
