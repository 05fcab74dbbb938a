using System.Text;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>The fake as the public description and the reference have it.</summary>
public sealed class FakeModelRegistryTests
{
    private const string Root = "api/model_registry/v1alpha3/";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "model_versions", """{"name":"1"}""", 422)]
    [InlineData("POST", "registered_models", """{"owner":"x"}""", 400)]
    [InlineData("POST", "registered_models", """{"name":"other"}""", 409)]
    [InlineData("POST", "model_versions", """{"name":"1.0","registeredModelId":"1"}""", 409)]
    [InlineData("POST", "model_versions/9/artifacts", """{"artifactType":"model-artifact"}""", 404)]
    [InlineData("POST", "model_versions/1/artifacts", """{"artifactType":"model-artifact","name":"other"}""", 409)]
    [InlineData("POST", "model_versions/1/artifacts", """{"artifactType":"model-artifact"}""", 201)]
    [InlineData("PATCH", "model_artifacts/9", "{}", 404)]
    [InlineData("PATCH", "model_artifacts/six", "{}", 400)]
    [InlineData("GET", "model_artifacts/2147483648", null, 400)]
    [InlineData("GET", "model_version?name=1.0&parentResourceId=1", null, 200)]
    [InlineData("GET", "model_version?name=1.0&parentResourceId=2", null, 404)]
    public async Task Calls_have_the_statuses_of_the_server(string method, string path, string? body, int status)
    {
        await using var trial = await Trial.StartAsync();

        Assert.Equal(status, await SendAsync(trial, method, path, body));
    }

    [Theory]
    [InlineData("GET", "inference_services", null)]
    [InlineData("DELETE", "model_artifacts/1", null)]
    [InlineData("GET", "registered_models?page=1", null)]
    [InlineData("GET", "model_version?name=1&parentResourceId=0", null)]
    [InlineData("PATCH", "model_artifacts/1", """{"state":"DONE"}""")]
    [InlineData("PATCH", "model_artifacts/1", """{"nickname":"x"}""")]
    [InlineData("PATCH", "registered_models/1", """{"state":"ABANDONED"}""")]
    [InlineData("PATCH", "model_artifacts/1", """{"customProperties":{"a":"x"}}""")]
    [InlineData("PATCH", "model_artifacts/1",
        """{"customProperties":{"a":{"metadataType":"MetadataIntValue","int_value":1}}}""")]
    [InlineData("PATCH", "model_artifacts/1",
        """{"customProperties":{"a":{"metadataType":"MetadataIntValue","int_value":"1000000000"}}}""")]
    [InlineData("PATCH", "model_artifacts/1",
        """{"customProperties":{"a":{"metadataType":"MetadataStringValue","struct_value":"eyJ9"}}}""")]
    public async Task A_request_outside_the_description_fails_the_test(string method, string path, string? body)
    {
        var trial = await Trial.StartAsync();

        Assert.Equal(501, await SendAsync(trial, method, path, body));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await trial.DisposeAsync());
    }

    [Fact]
    public async Task A_patch_merges_and_replaces_the_custom_properties()
    {
        await using var trial = await Trial.StartAsync();

        await SendAsync(trial, "PATCH", "model_artifacts/1", """{"description":"d"}""");
        Assert.Equal(6, trial.Registry.Artifacts[0]["customProperties"]!.AsObject().Count);
        await SendAsync(trial, "PATCH", "model_artifacts/1", """{"customProperties":{}}""");

        var artifact = trial.Registry.Artifacts[0];
        Assert.Empty(artifact["customProperties"]!.AsObject());
        Assert.Equal(("d", "oci://old"), ((string?)artifact["description"], (string?)artifact["uri"]));
    }

    private static async Task<int> SendAsync(Trial trial, string method, string path, string? body)
    {
        using var client = new HttpClient();
        var address = new Uri(trial.Registry.Address, Root + path);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Authorization = new("Bearer", Trial.Token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Cancelled);
        return (int)response.StatusCode;
    }
}
