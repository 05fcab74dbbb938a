namespace Tracebloc.Registry.Tests;

public sealed class DockerHubTests
{
    [Theory]
    [InlineData("nginx", "https://registry-1.docker.io/v2/library/nginx/manifests/latest")]
    [InlineData("index.docker.io/user/app:v1", "https://registry-1.docker.io/v2/user/app/manifests/v1")]
    [InlineData("ghcr.io/owner/app:v1", "https://ghcr.io/v2/owner/app/manifests/v1")]
    [InlineData("registry.example.com:5000/app:v1", "https://registry.example.com:5000/v2/app/manifests/v1")]
    [InlineData("localhost:5000/app:v1", "http://localhost:5000/v2/app/manifests/v1")]
    [InlineData("127.0.0.1/app:v1", "http://127.0.0.1/v2/app/manifests/v1")]
    [InlineData("[::1]:5000/app:v1", "http://[::1]:5000/v2/app/manifests/v1")]
    [InlineData("plain.example.com/app:v1", "http://plain.example.com/v2/app/manifests/v1")]
    public void An_image_is_asked_for_where_its_registry_serves_the_API(string image, string url)
    {
        var reference = ImageReference.Parse(image);
        var options = new RegistryOptions
        {
            Hosts = new Dictionary<string, RegistryHostOptions> { ["plain.example.com"] = new() { Insecure = true } },
        };

        Assert.Equal(url, RegistryEndpoint.For(reference.Domain, options).ManifestOf(reference).AbsoluteUri);
    }

    [Theory]
    [InlineData("docker.io")]
    [InlineData("index.docker.io")]
    [InlineData("registry-1.docker.io")]
    [InlineData("Docker.IO")]
    public void Options_are_found_under_every_name_of_Docker_Hub(string written)
    {
        var options = new RegistryOptions
        {
            Hosts = new Dictionary<string, RegistryHostOptions> { [written] = new() { Mirror = "mirror.example.com" } },
        };

        Assert.Equal("mirror.example.com", RegistryEndpoint.For("docker.io", options).Host);
    }
}
