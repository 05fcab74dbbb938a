using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Registry;

/// <summary>That the real registry of these tests is one: it asks for tokens and serves what was pushed.</summary>
public sealed class RealRegistryTests(RealRegistryFixture fixture) : IClassFixture<RealRegistryFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ImageShape.OciImage)]
    [InlineData(ImageShape.OciIndex)]
    [InlineData(ImageShape.DockerImage)]
    [InlineData(ImageShape.DockerList)]
    public async Task A_pushed_tag_is_served_with_its_digest(ImageShape shape)
    {
        var registry = fixture.Registry;
        var repository = $"shapes/{shape}".ToLowerInvariant();
        var pushed = await registry.PushAsync(repository, "prod", "first", shape, Cancelled);

        var (status, digest) = await HeadAsync(registry, repository, credentials: null);

        Assert.Equal((HttpStatusCode.OK, pushed), (status, digest));
    }

    [Fact]
    public async Task Another_content_is_another_digest_and_the_same_is_the_same()
    {
        var registry = fixture.Registry;
        var first = await registry.PushAsync("moves", "prod", "first", ImageShape.OciImage, Cancelled);
        var second = await registry.PushAsync("moves", "prod", "second", ImageShape.OciImage, Cancelled);
        var again = await registry.PushAsync("moves", "prod", "first", ImageShape.OciImage, Cancelled);

        Assert.NotEqual(first, second);
        Assert.Equal(first, again);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task A_private_repository_needs_the_credentials(bool known, HttpStatusCode expected)
    {
        var registry = fixture.Registry;
        await registry.PushAsync("private/app", "prod", "secret", ImageShape.OciImage, Cancelled);

        var (status, _) = await HeadAsync(registry, "private/app", known ? RealRegistry.Credentials.Header : null);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Token_requests_and_registry_requests_are_counted()
    {
        var registry = fixture.Registry;
        await registry.PushAsync("counted/one", "prod", "first", ImageShape.OciImage, Cancelled);
        var (tokens, requests) = (registry.TokenRequests.Count, await registry.RequestsAsync(Cancelled));

        await HeadAsync(registry, "counted/one", credentials: null);

        Assert.Equal(["repository:counted/one:pull"], registry.TokenRequests.Skip(tokens).Single().Scopes);
        var asked = (await registry.RequestsAsync(Cancelled)).Skip(requests.Count).ToList();
        Assert.Equal(2, asked.Count);
        Assert.Contains("\"GET /v2/ HTTP/1.1\" 401", asked[0]);
        Assert.Contains("\"HEAD /v2/counted/one/manifests/prod HTTP/1.1\" 200", asked[1]);
    }

    [Fact]
    public async Task A_token_request_may_batch_scopes()
    {
        var registry = fixture.Registry;
        await registry.PushAsync("batch/one", "prod", "one", ImageShape.OciImage, Cancelled);
        await registry.PushAsync("batch/two", "prod", "two", ImageShape.OciImage, Cancelled);
        using var client = registry.CreateClient();

        var token = await TokenAsync(client, null, "repository:batch/one:pull", "repository:batch/two:pull");

        foreach (var repository in (string[])["batch/one", "batch/two"])
            Assert.Equal(HttpStatusCode.OK, (await HeadAsync(client, repository, token)).Status);
    }

    private static async Task<(HttpStatusCode Status, string? Digest)> HeadAsync(
        RealRegistry registry, string repository, string? credentials)
    {
        using var client = registry.CreateClient();
        var token = await TokenAsync(client, credentials, $"repository:{repository}:pull");
        return await HeadAsync(client, repository, token);
    }

    private static async Task<(HttpStatusCode Status, string? Digest)> HeadAsync(
        HttpClient client, string repository, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{repository}/manifests/prod");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Accept", "application/vnd.oci.image.index.v1+json, "
            + "application/vnd.docker.distribution.manifest.list.v2+json, "
            + "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json");
        using var response = await client.SendAsync(request, Cancelled);
        var digest = response.Headers.TryGetValues("Docker-Content-Digest", out var values) ? values.Single() : null;
        return (response.StatusCode, digest);
    }

    private static async Task<string> TokenAsync(HttpClient client, string? credentials, params string[] scopes)
    {
        using var ping = await client.GetAsync(client.BaseAddress, Cancelled);
        var challenge = Assert.Single(ping.Headers.WwwAuthenticate).Parameter ?? "";
        var realm = challenge.Split('"')[1];
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{realm}?service=docker-registry&scope={string.Join("&scope=", scopes)}");
        request.Headers.Authorization = credentials is null ? null : AuthenticationHeaderValue.Parse(credentials);
        using var response = await client.SendAsync(request, Cancelled);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        return (string?)answer?["token"] ?? "";
    }
}
