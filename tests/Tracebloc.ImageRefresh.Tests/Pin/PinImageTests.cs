namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>Which image a block of values stands for.</summary>
public sealed class PinImageTests
{
    private const string ClientImages = """
        images:
          jobsManager: {digest: ""}
          podsMonitor: {digest: ""}
          requestsProxy: {digest: ""}
          ingestor: {digest: ""}
          mysqlClient: {digest: ""}

        """;

    [Fact]
    public void What_the_client_chart_leaves_out_is_what_its_templates_fill_in() =>
        Assert.Equal(
            [
                "ghcr.io/tracebloc/jobs-manager:prod",
                "docker.io/tracebloc/pods-monitor:prod",
                "ghcr.io/tracebloc/jobs-manager:prod",
                "ghcr.io/tracebloc/ingestor:prod",
                "docker.io/tracebloc/mysql-client:prod",
            ],
            PinOf.Images(ClientImages));

    [Theory]
    [InlineData("dev", "dev")]
    [InlineData("development", "dev")]
    [InlineData("stg", "stg")]
    [InlineData("staging", "stg")]
    [InlineData("production", "prod")]
    [InlineData("\"\"", "prod")]
    public void The_client_environment_is_the_tag_of_its_own_images(string environment, string tag) =>
        Assert.Equal(
            [
                $"ghcr.io/tracebloc/jobs-manager:{tag}",
                $"docker.io/tracebloc/pods-monitor:{tag}",
                $"ghcr.io/tracebloc/jobs-manager:{tag}",
                "ghcr.io/tracebloc/ingestor:prod",
                "docker.io/tracebloc/mysql-client:prod",
            ],
            PinOf.Images($"{ClientImages}env: {{CLIENT_ENV: {environment}}}\n"));

    [Theory]
    [InlineData("{digest: ''}", "mirror:5000/tracebloc/ingestor:prod")]
    [InlineData("{repository: ghcr.io/tracebloc/ingestor, digest: ''}", "mirror:5000/tracebloc/ingestor:prod")]
    [InlineData("{repository: acme/ingestor, tag: '0.3', digest: ''}", "mirror:5000/acme/ingestor:0.3")]
    [InlineData("{repository: quay.io/acme/ingestor, digest: ''}", "quay.io/acme/ingestor:prod")]
    [InlineData("{registry: quay.io, repository: acme/ingestor, digest: ''}", "mirror:5000/acme/ingestor:prod")]
    [InlineData("quay.io/acme/ingestor:v1", "quay.io/acme/ingestor:v1")]
    public void A_registry_of_all_images_takes_the_place_of_theirs(string ingestor, string asked) =>
        Assert.Equal(
            [asked], PinOf.Images($"global: {{imageRegistry: \"mirror:5000\"}}\nimages: {{ingestor: {ingestor}}}\n"));

    [Theory]
    [InlineData("{repository: nginx, tag: stable, digest: ''}", "docker.io/library/nginx:stable")]
    [InlineData("{registry: ghcr.io, repository: a/b, tag: '1', digest: ''}", "ghcr.io/a/b:1")]
    [InlineData("{registry: '', repository: quay.io/a/b, tag: '1', digest: ''}", "quay.io/a/b:1")]
    [InlineData("{registry: mirror.io, repository: quay/a/b, tag: '1', digest: ''}", "mirror.io/quay/a/b:1")]
    [InlineData("quay.io/a/b:1", "quay.io/a/b:1")]
    [InlineData("a/b:1@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "docker.io/a/b:1")]
    [InlineData("{repository: *name, tag: *tag, digest: ''}", "docker.io/acme/web:1.30")]
    [InlineData("{<<: *base, tag: *tag, digest: ''}", "quay.io/acme/base:1.30")]
    public void Any_chart_s_image_is_known_by_its_path(string image, string asked) =>
        Assert.Equal([asked], PinOf.Images(
            $$"""
            base: &base {repository: quay.io/acme/base, tag: '1', digest: ''}
            name: &name acme/web
            tag: &tag '1.30'
            web: {{image}}
            """,
            "web"));

    [Fact]
    public void Images_come_in_the_order_of_the_paths_and_once_each() =>
        Assert.Equal(
            ["docker.io/a/two:1", "docker.io/a/one:1"],
            PinOf.Images("one: a/one:1\ntwo: a/two:1\n", "two", "one", "two"));
}
