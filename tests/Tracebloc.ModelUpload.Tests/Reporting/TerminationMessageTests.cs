using System.Text;
using System.Text.Json;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Reporting;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Reporting;

public sealed class TerminationMessageTests : IDisposable
{
    private static readonly RunReport Done = new()
    {
        Intent = UploadIntent.CreateModel,
        RegisteredModelId = "1",
        ModelVersionId = "2",
        ModelArtifactId = "3",
        Uri = "oci://quay.io/org/model:1",
        Digest = "sha256:ab",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-upload-termination-");
    private readonly RecordingLogger _logger = new();

    private string File => Path.Combine(_folder.FullName, "log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_success_has_the_ids_as_the_UI_reads_them() => Assert.Equal(
        """
        {
          "intent": "create_model",
          "RegisteredModel": {
            "id": "1"
          },
          "ModelVersion": {
            "id": "2"
          },
          "ModelArtifact": {
            "id": "3"
          },
          "destination": {
            "uri": "oci://quay.io/org/model:1",
            "digest": "sha256:ab"
          }
        }
        """,
        TerminationText.OfSuccess(Done));

    [Fact]
    public void Ids_that_are_not_known_are_left_out() => Assert.Equal(
        "{\n  \"intent\": \"update_artifact\",\n  \"ModelArtifact\": {\n    \"id\": \"6\"\n  }\n}",
        TerminationText.OfSuccess(new RunReport { Intent = UploadIntent.UpdateArtifact, ModelArtifactId = "6" }));

    [Fact]
    public void A_success_is_whole_JSON_however_long_the_address_is()
    {
        var text = TerminationText.OfSuccess(Done with { Uri = new string('ü', 4000) });
        Assert.True(text.Length <= TerminationMessage.MaxBytes);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("3", json.RootElement.GetProperty("ModelArtifact").GetProperty("id").GetString());
    }

    [Fact]
    public void Fault_18_a_failure_has_its_real_reasons()
    {
        Write(TerminationText.OfFailure("--registry-port is \"x\"", "--sign is \"y\""));
        Assert.Equal("Unexpected error: --registry-port is \"x\"\n--sign is \"y\"", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü")]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_long_message_is_cut_between_two_characters(string character)
    {
        Write("a" + string.Concat(Enumerable.Repeat(character, 5000)));
        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.InRange(bytes.Length, TerminationMessage.MaxBytes - 3, TerminationMessage.MaxBytes);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void A_shorter_message_replaces_a_longer_one()
    {
        Write("a long message");
        Write("short");
        Assert.Equal("short", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Fault_19_secrets_are_masked()
    {
        Write("token s3cret!", new Secret("s3cret!"));
        Assert.Equal("token (secret)", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_path_that_is_not_writable_is_logged_and_never_thrown()
    {
        Message(Path.Combine(_folder.FullName, "none", "log")).Write("text");
        Message(_folder.FullName).Write("text");
        Assert.Equal(2, _logger.Lines.Count);
        Assert.All(_logger.Lines, line => Assert.Contains("could not be written: ", line));
    }

    private void Write(string text, params Secret[] secrets) => Message(File, secrets).Write(text);

    private TerminationMessage Message(string path, params Secret[] secrets) => new(
        new Dictionary<string, string> { ["TERMINATION_MESSAGE_PATH"] = path }, new Redaction(secrets), _logger);
}
