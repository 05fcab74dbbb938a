using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Hub;

namespace Tracebloc.ModelUpload.Tests.Verbs;

public sealed class UploadVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_on_a_volume_is_pushed_and_its_artifact_becomes_LIVE()
    {
        await using var scene = await UploadScene.StartAsync();

        Assert.Equal((UploadExit.Done, ""), (await scene.RunAsync(), Failure(scene)));

        var artifact = Assert.Single(scene.Models.Artifacts);
        Assert.Equal("LIVE", (string?)artifact["state"]);
        Assert.Equal($"oci://{scene.Images.Host}/org/model:1.0", (string?)artifact["uri"]);
        var end = JsonDocument.Parse(scene.TerminationMessage).RootElement;
        Assert.Equal("update_artifact", end.GetProperty("intent").GetString());
        Assert.Equal(scene.ArtifactId, end.GetProperty("ModelArtifact").GetProperty("id").GetString());
        var digest = end.GetProperty("destination").GetProperty("digest").GetString();
        Assert.StartsWith("sha256:", digest, StringComparison.Ordinal);
        Assert.Empty(scene.Images.Uploads.Open);
        Assert.False(Directory.Exists(scene.In("scratch")));
    }

    [Fact]
    public async Task The_same_again_sends_no_blob()
    {
        await using var scene = await UploadScene.StartAsync();
        Assert.Equal(UploadExit.Done, await scene.RunAsync());
        var first = scene.TerminationMessage;
        scene.Images.ClearRequests();

        Assert.Equal(UploadExit.Done, await scene.RunAsync());

        Assert.Equal(first, scene.TerminationMessage);
        Assert.DoesNotContain(scene.Images.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task What_was_pushed_comes_back_as_the_same_files()
    {
        await using var scene = await UploadScene.StartAsync();
        Assert.Equal(UploadExit.Done, await scene.RunAsync());

        var code = await scene.RunAsync(
            "--source-type", "oci", "--source-oci-uri", $"{scene.Images.Host}/org/model:1.0",
            "--destination-type=pvc", "--destination-pvc-path", scene.In("copy"));

        Assert.Equal((UploadExit.Done, ""), (code, Failure(scene)));
        Assert.Equal("{}", await File.ReadAllTextAsync(scene.In("copy/config.json"), Token));
        Assert.Equal("{ }", await File.ReadAllTextAsync(scene.In("copy/tok/config.json"), Token));
        Assert.False(File.Exists(scene.In("copy/.gitattributes")));
    }

    [Fact]
    public async Task A_model_of_Hugging_Face_goes_to_a_volume()
    {
        await using var scene = await UploadScene.StartAsync();
        await using var hub = await FakeHub.StartAsync(Token);
        hub.Add(new FakeHubModel("org/model").Commit(
            "main", new string('c', 40), new FakeHubFile("config.json", "{}"u8.ToArray())));
        scene.Variables["HF_ENDPOINT"] = hub.Address.AbsoluteUri;

        var code = await scene.RunAsync(
            "--source-type", "uri", "--source-uri", "hf://org/model",
            "--destination-type", "pvc", "--destination-pvc-path", scene.In("copy"));

        Assert.Equal((UploadExit.Done, ""), (code, Failure(scene)));
        Assert.Equal("{}", await File.ReadAllTextAsync(scene.In("copy/config.json"), Token));
    }

    [Fact]
    public async Task A_source_that_is_not_there_changes_nothing_and_says_so_in_the_termination_message()
    {
        await using var scene = await UploadScene.StartAsync();
        scene.Variables["MODEL_SYNC_SOURCE_PVC_PATH"] = scene.In("absent");

        Assert.Equal(UploadExit.Source, await scene.RunAsync());

        Assert.Equal("UNKNOWN", (string?)Assert.Single(scene.Models.Artifacts)["state"]);
        Assert.StartsWith("Unexpected error: ", scene.TerminationMessage, StringComparison.Ordinal);
        Assert.Contains(scene.In("absent"), scene.TerminationMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_of_the_options_are_one_end_with_code_2()
    {
        await using var scene = await UploadScene.StartAsync();
        scene.Variables.Remove("MODEL_SYNC_MODEL_ARTIFACT_ID");
        scene.Variables.Remove("MODEL_SYNC_DESTINATION_OCI_URI");

        Assert.Equal(UploadExit.Usage, await scene.RunAsync("--sign", "perhaps"));

        var line = Assert.Single(scene.Log, each => each.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("--model-artifact-id", line, StringComparison.Ordinal);
        Assert.Contains("--destination-oci-uri", line, StringComparison.Ordinal);
        Assert.Contains("perhaps", line, StringComparison.Ordinal);
        Assert.Empty(scene.Models.Requests);
    }

    [Fact]
    public async Task A_push_that_fails_leaves_the_state_from_before()
    {
        await using var scene = await UploadScene.StartAsync();
        scene.Models.PatchArtifact(scene.ArtifactId, """{"state":"REFERENCE","uri":"s3://old"}""");
        scene.Images.When(
            request => request.Method == "PUT" && request.Path.Contains("/manifests/", StringComparison.Ordinal),
            Testing.Registry.FakeReply.Of(403));

        Assert.Equal(UploadExit.Destination, await scene.RunAsync());

        var artifact = Assert.Single(scene.Models.Artifacts);
        Assert.Equal(("REFERENCE", "s3://old"), ((string?)artifact["state"], (string?)artifact["uri"]));
    }

    [Fact]
    public async Task No_secret_reaches_log_or_message()
    {
        await using var scene = await UploadScene.StartAsync();
        scene.Models.Token = "another";
        scene.Variables["MODEL_SYNC_REGISTRY_USER_TOKEN"] = "s3cr3t-token";

        Assert.Equal(UploadExit.Registry, await scene.RunAsync());

        var written = string.Join('\n', scene.Log) + scene.TerminationMessage;
        Assert.DoesNotContain("s3cr3t-token", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_shows_parts_and_calls_and_changes_nothing()
    {
        await using var scene = await UploadScene.StartAsync();

        Assert.Equal((UploadExit.Done, ""), (await scene.RunAsync("plan"), Failure(scene)));

        Assert.StartsWith(
            $"From  file://{scene.In("model")}  (2 files, 5 B)\n", scene.Output, StringComparison.Ordinal);
        Assert.Contains($"To    oci://{scene.Images.Host}/org/model:1.0\n", scene.Output, StringComparison.Ordinal);
        Assert.Contains("Left out\n  .gitattributes\n", scene.Output, StringComparison.Ordinal);
        Assert.All(scene.Images.Requests, request => Assert.Contains(request.Method, (string[])["GET", "HEAD"]));
        Assert.All(scene.Models.Requests, request => Assert.Equal("GET", request.Method));
        Assert.False(File.Exists(scene.In("termination-log")));
    }

    [Fact]
    public async Task A_plan_is_JSON_where_that_is_asked_for()
    {
        await using var scene = await UploadScene.StartAsync();

        Assert.Equal(UploadExit.Done, await scene.RunAsync("plan", "--output", "json"));

        Assert.Equal(2, (int?)JsonNode.Parse(scene.Output)?["files"]);
    }

    [Fact]
    public async Task A_beginning_that_two_options_share_is_a_mistake()
    {
        await using var scene = await UploadScene.StartAsync();

        Assert.Equal(UploadExit.Usage, await scene.RunAsync("--source-oci", "x"));

        Assert.StartsWith("option --source-oci is ambiguous", scene.Error, StringComparison.Ordinal);
    }

    private static string Failure(UploadScene scene) => string.Join(
        '\n', scene.Log.Where(line => line.StartsWith("Error", StringComparison.Ordinal)));
}
