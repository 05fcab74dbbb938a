using System.Text.Json.Nodes;
using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>The entries and the calls of each intent.</summary>
public sealed class IntentTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_sends_two_minimal_patches_and_keeps_the_properties_of_others()
    {
        await using var trial = await Trial.StartAsync();

        var ids = await trial.RunAsync(UploadIntent.UpdateArtifact, Cancelled);

        Assert.Equal(new RegisteredIds(null, null, "1"), ids);
        var patches = trial.Registry.Requests.Where(request => request.Method == "PATCH").Select(each => each.Body);
        Assert.Equal(2, patches.Count());
        Assert.Equal("""{"artifactType":"model-artifact","state":"PENDING"}""", patches.First());
        var live = JsonNode.Parse(patches.Last())!.AsObject();
        Assert.Equal(["artifactType", "uri", "state", "customProperties"], live.Select(member => member.Key));
        Assert.Equal((Trial.Uri, "LIVE"), ((string?)live["uri"], (string?)live["state"]));
        Assert.Contains("""{"metadataType":"MetadataStructValue","struct_value":"eyJhIjoxfQ=="}""", patches.Last());
        Assert.Contains(
            """{"metadataType":"MetadataProtoValue","type":"x.y/Z","proto_value":"CgE+"}""", patches.Last());
        Assert.Contains("""{"metadataType":"MetadataDoubleValue","double_value":1.50}""", patches.Last());
        var properties = trial.Registry.Artifacts[0]["customProperties"]!.AsObject();
        Assert.Equal(7, properties.Count);
        Assert.Equal($"{Trial.Digest}", (string?)properties["model-upload.digest"]!["string_value"]);
        Assert.Equal("kept", (string?)trial.Registry.Artifacts[0]["storageKey"]);
    }

    [Fact]
    public async Task An_artifact_without_address_name_or_state_is_updated()
    {
        await using var trial = await Trial.StartAsync();
        var bare = trial.Registry.AddArtifact("1", """{"artifactType":"model-artifact"}""");
        var intent = trial.Settings(UploadIntent.UpdateArtifact) with { ModelArtifactId = bare };

        await Trial.RunAsync(trial.Start(intent), Cancelled);

        Assert.Equal("LIVE", (string?)trial.Registry.Artifacts[1]["state"]);
    }

    [Fact]
    public async Task The_digest_of_an_earlier_model_goes_where_the_new_one_has_none()
    {
        await using var trial = await Trial.StartAsync();
        await trial.RunAsync(UploadIntent.UpdateArtifact, Cancelled);
        var second = trial.Start(UploadIntent.UpdateArtifact);
        await second.CheckAsync(Cancelled);

        await second.FinishAsync("s3://bucket/llama", null, Cancelled);

        Assert.DoesNotContain("model-upload.digest", trial.Entries);
        Assert.Contains("MetadataProtoValue", trial.Entries);
    }

    [Fact]
    public async Task The_artifact_of_the_metadata_counts_where_no_option_names_one()
    {
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry) { Given = new(null, null, new() { Id = "1" }) };
        var intent = new IntentSettings { Kind = UploadIntent.UpdateArtifact };

        Assert.Equal("1", (await Trial.RunAsync(trial.Start(intent), Cancelled)).ModelArtifactId);
    }

    [Fact]
    public async Task A_model_is_created_with_version_and_artifact_after_the_transfer_and_live_last()
    {
        await using var trial = await Trial.StartAsync();
        var registration = trial.Start(UploadIntent.CreateModel);
        var observed = await registration.CheckAsync(Cancelled);
        await registration.BeginAsync(Cancelled);
        Assert.All(trial.Registry.Requests, request => Assert.Equal("GET", request.Method));

        var ids = await registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled);

        Assert.Equal(new RegisteredIds("2", "2", "2"), ids);
        Assert.Equal("LIVE LIVE LIVE", trial.OwnStates);
        Assert.Equal(
            ["POST /registered_models", "POST /model_versions", "POST /model_versions/2/artifacts",
                "PATCH /model_artifacts/2"],
            WritesOf(trial));
        Assert.Equal(4, observed.Calls.Count);
        Assert.Equal(
            """{"artifactType":"model-artifact","uri":"oci://registry.example/models/llama:2.0","state":"LIVE"}""",
            trial.Registry.Requests[^1].Body);
        Assert.Contains("\"state\":\"PENDING\"", trial.Registry.Requests[^2].Body);
        Assert.Equal("bob", (string?)trial.Registry.Versions[1]["author"]);
    }

    [Fact]
    public async Task A_version_is_created_under_the_given_model_and_not_that_of_the_metadata()
    {
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry)
        {
            Given = Trial.Metadata with { RegisteredModel = new() { Id = "77" }, ModelArtifact = null },
        };
        var registration = trial.Start(UploadIntent.CreateVersion);

        var observed = await registration.CheckAsync(Cancelled);
        var ids = await registration.FinishAsync(Trial.Uri, Trial.Digest, Cancelled);

        Assert.Equal(["Metadata RegisteredModel.id 77 is ignored: --model-id 1 counts"], observed.Warnings);
        Assert.Equal(new RegisteredIds("1", "2", "2"), ids);
        Assert.Equal("1", (string?)trial.Registry.Versions[1]["registeredModelId"]);
        Assert.Equal("other", (string?)trial.Registry.Artifacts[1]["name"]);
    }

    [Fact]
    public async Task Names_that_the_metadata_leaves_out_have_defaults()
    {
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry) { Given = new(new() { Name = "not found & more" }, new(), new()) };

        await trial.RunAsync(UploadIntent.CreateModel, Cancelled);

        Assert.Equal("1.0.0", (string?)trial.Registry.Versions[1]["name"]);
        Assert.Equal("not found & more", (string?)trial.Registry.Artifacts[1]["name"]);
    }

    [Fact]
    public async Task Custom_properties_have_the_types_of_the_registry()
    {
        await using var started = await Trial.StartAsync();
        var trial = new Trial(started.Registry)
        {
            Given = Trial.Metadata with
            {
                RegisteredModel = new()
                {
                    Name = "llama",
                    CustomProperties = new Dictionary<string, PropertyValue>
                    {
                        ["t"] = new PropertyValue.Text("x"),
                        ["b"] = new PropertyValue.Flag(true),
                        ["i"] = new PropertyValue.Whole(-999_999_999),
                        ["d"] = new PropertyValue.Fraction(0.5),
                        ["model-upload.run"] = new PropertyValue.Text("forged"),
                    },
                },
            },
        };

        await trial.RunAsync(UploadIntent.CreateModel, Cancelled);

        var properties = trial.Registry.Models[1]["customProperties"]!;
        Assert.Equal("x", (string?)properties["t"]!["string_value"]);
        Assert.True((bool?)properties["b"]!["bool_value"]);
        Assert.Equal("-999999999", (string?)properties["i"]!["int_value"]);
        Assert.Equal(0.5, (double?)properties["d"]!["double_value"]);
        Assert.Equal(Trial.Key, (string?)properties["model-upload.run"]!["string_value"]);
    }

    [Theory]
    [InlineData(null, null, "transfer_job", "team", "job-1")]
    [InlineData("pipelines", null, "pipelines", null, null)]
    [InlineData("transfer_job", "mine", "transfer_job", "mine", "job-1")]
    public async Task The_job_is_the_artifacts_source_unless_the_metadata_names_one(
        string? kind, string? group, string expected, string? expectedGroup, string? expectedName)
    {
        await using var trial = await Trial.StartAsync();
        var metadata = Trial.Metadata with
        {
            ModelArtifact = new() { Name = "weights", ModelSourceKind = kind, ModelSourceGroup = group },
        };
        var run = new RunIdentity(Trial.Key) { JobNamespace = "team", JobName = "job-1" };
        using var client = trial.Client();
        await Trial.RunAsync(
            Registration.Of(client, trial.Settings(UploadIntent.CreateModel), metadata, run), Cancelled);

        var artifact = trial.Registry.Artifacts[1];
        Assert.Equal(
            (expected, expectedGroup, expectedName),
            ((string?)artifact["modelSourceKind"], (string?)artifact["modelSourceGroup"],
                (string?)artifact["modelSourceName"]));
    }

    [Theory]
    [InlineData(nameof(UploadIntent.CreateModel))]
    [InlineData(nameof(UploadIntent.CreateVersion))]
    public async Task A_run_that_is_repeated_after_its_success_writes_nothing(string intent)
    {
        await using var trial = await Trial.StartAsync();
        var kind = Enum.Parse<UploadIntent>(intent);
        var first = await trial.RunAsync(kind, Cancelled);
        var writes = WritesOf(trial).Count;

        Assert.Equal(first, await trial.RunAsync(kind, Cancelled));
        Assert.Equal(writes, WritesOf(trial).Count);
    }

    private static List<string> WritesOf(Trial trial) =>
    [
        .. trial.Registry.Requests.Where(request => request.Method != "GET").Select(request =>
            $"{request.Method} {request.Path.Replace("/api/model_registry/v1alpha3", "", StringComparison.Ordinal)}"),
    ];
}
