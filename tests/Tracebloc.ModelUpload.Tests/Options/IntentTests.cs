using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class IntentTests
{
    private static readonly FakeFiles Metadata = new(
        ("/m/RegisteredModel.name", "my not found model\n"),
        ("/m/ModelVersion.name", "1.0.0"),
        ("/m/ModelArtifact.name", "weights"),
        ("/m/ModelArtifact.id", "12"));

    [Fact]
    public void The_intent_is_update_artifact_by_default()
    {
        var intent = Some.Request(("model-id", "1"), ("model-version-id", "2")).Intent;
        Assert.Equal(
            new IntentSettings
            {
                Kind = UploadIntent.UpdateArtifact,
                ModelId = "1",
                ModelVersionId = "2",
                ModelArtifactId = "6",
            },
            intent);
    }

    [Fact]
    public void Fault_28_the_artifact_id_may_be_in_the_metadata()
    {
        Assert.Equal("12", Some.Request(Some.Read(
            Metadata, ("model-artifact-id", ""), ("metadata-configmap-path", "/m"))).Intent.ModelArtifactId);
        Assert.Equal("6", Some.Request(Some.Read(
            Metadata, ("metadata-configmap-path", "/m"))).Intent.ModelArtifactId);
    }

    [Fact]
    public void An_update_requires_the_artifact_id() => Assert.Equal(
        "--model-artifact-id is missing, and update_artifact requires it; give it, MODEL_SYNC_MODEL_ARTIFACT_ID, or "
        + "ModelArtifact.id in the metadata",
        Some.Error(("model-artifact-id", "")));

    [Theory]
    [InlineData("create_model")]
    [InlineData("create_version")]
    public void A_new_model_or_version_requires_metadata(string intent) => Assert.Equal(
        $"--metadata-configmap-path is missing, and {intent} requires the model's metadata; mount a ConfigMap and name "
        + "its folder",
        Some.Error(("model-upload-intent", intent), ("model-id", "1")));

    [Fact]
    public void A_new_model_has_the_metadata_of_the_folder()
    {
        var request = Some.Request(Some.Read(
            Metadata, ("model-upload-intent", "create_model"), ("metadata-configmap-path", "/m/")));
        Assert.Equal("my not found model", request.Metadata.RegisteredModel?.Name);
        Assert.Equal("1.0.0", request.Metadata.ModelVersion?.Name);
        Assert.Equal("weights", request.Metadata.ModelArtifact?.Name);
        Assert.Equal("/m/", request.Intent.MetadataPath);
    }

    [Fact]
    public void All_that_the_metadata_lacks_is_reported_at_once()
    {
        var errors = Some.Read(
            new FakeFiles(("/m/RegisteredModel.owner", "me")),
            ("model-upload-intent", "create_model"),
            ("metadata-configmap-path", "/m")).Errors;
        Assert.Equal(
            [
                "/m/RegisteredModel.name is missing or empty, and create_model requires it; "
                + "add the key to the ConfigMap",
                "/m/ModelVersion.name is missing or empty, and create_model requires it; add the key to the ConfigMap",
                "/m/ModelArtifact.name is missing or empty, and create_model requires it; add the key to the ConfigMap",
            ],
            errors);
    }

    [Fact]
    public void A_new_version_requires_the_id_of_its_model()
    {
        (string, string)[] changes = [("model-upload-intent", "create_version"), ("metadata-configmap-path", "/m")];
        Assert.Equal(
            "--model-id is missing, and create_version requires it; give it or MODEL_SYNC_MODEL_ID",
            Some.Error(Some.Read(Metadata, changes)));
        Assert.Equal("3", Some.Request(Some.Read(Metadata, [.. changes, ("model-id", "3")])).Intent.ModelId);
    }

    [Fact]
    public void A_new_model_has_no_id() => Assert.StartsWith("/m has RegisteredModel.name and RegisteredModel.id; ",
        Some.Error(Some.Read(
            new FakeFiles(
                ("/m/RegisteredModel.name", "a"), ("/m/RegisteredModel.id", "1"),
                ("/m/ModelVersion.name", "1"), ("/m/ModelArtifact.name", "b")),
            ("model-upload-intent", "create_model"),
            ("metadata-configmap-path", "/m"))));

    [Fact]
    public void A_folder_that_is_named_must_be_there_for_any_intent() => Assert.Equal(
        "--metadata-configmap-path: metadata folder not found: /none; check the path and that the ConfigMap is mounted",
        Some.Error(("metadata-configmap-path", "/none")));

    [Fact]
    public void The_usual_folder_is_read_where_it_is_there() => Assert.Equal(
        "9",
        Some.Request(Some.Read(
            new FakeFiles(("/etc/model-metadata/ModelArtifact.id", "9")), ("model-artifact-id", "")))
            .Intent.ModelArtifactId);

    [Fact]
    public void Fault_13_a_wrong_custom_property_is_an_error_where_it_is_used_and_a_warning_elsewhere()
    {
        var files = new FakeFiles(
            ("/m/RegisteredModel.name", "a"), ("/m/ModelVersion.name", "1"), ("/m/ModelArtifact.name", "b"),
            ("/m/ModelVersion.custom_properties", "[1]"));
        const string Fault =
            "/m/ModelVersion.custom_properties is not a JSON object; write a JSON object such as {\"team\": \"nlp\"}";
        Assert.Equal(Fault, Some.Error(Some.Read(
            files, ("model-upload-intent", "create_model"), ("metadata-configmap-path", "/m"))));
        Assert.Contains(Fault, Some.Read(files, ("metadata-configmap-path", "/m")).Warnings);
    }

    [Fact]
    public void The_state_after_a_failure_is_an_option()
    {
        Assert.Equal(FailureState.Restored, Some.Request().Intent.OnFailure);
        Assert.Equal(FailureState.Abandoned, Some.Request(("on-failure", "abandon")).Intent.OnFailure);
    }

    [Fact]
    public void Fault_18_errors_of_all_parts_come_together()
    {
        var errors = Some.Read(
            ("source-aws-key", ""), ("destination-oci-uri", ""), ("registry-port", "x"), ("sign", "x"),
            ("model-artifact-id", ""), ("memory-budget", "x")).Errors;
        Assert.Equal(6, errors.Count);
        Assert.All(errors, error => Assert.Contains("; ", error));
    }
}
