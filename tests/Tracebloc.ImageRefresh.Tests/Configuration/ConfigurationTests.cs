using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private readonly ConfigurationFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void An_error_is_one_line_whatever_it_quotes() =>
        Assert.Equal(
            [
                @"refresh.yaml:5: namespace: ""a\nb"" is no namespace; use lower-case letters, digits and dashes",
                @"refresh.yaml:6: c\u001b: is not a known key; known here: ",
            ],
            _file.ErrorsOf(ConfigurationFile.Minimal + "namespace: \"a\\nb\"\n\"c\\e\": 1\n")
                .Select(error => error.Split("apiVersion")[0]));

    [Fact]
    public void The_documented_example_is_read_as_it_says()
    {
        using var authority = TestCertificates.Create();
        var ca = _file.With("ca.crt", authority.AuthorityPem);
        var docker = _file.With(".dockerconfigjson", "{}");
        var read = _file.Read($$"""
            apiVersion: refresh.tracebloc.io/v1
            kind: RefreshConfig
            namespace: tracebloc              # default: the service account's, or the context's
            rolloutTimeout: 15m
            tickTimeout: 1h
            failureThreshold: 4
            maxRefreshAttempts: 5
            registries:                       # optional, by host
              ghcr.io: {caFile: {{ca}}}
            dockerConfigFile: {{docker}}
            pullSecrets: true
            images:
              - name: jobs-manager
                image: docker.io/tracebloc/jobs-manager:prod
                workload: deployment/acme-jobs-manager
                action: restart
              - name: ingestor
                image: ghcr.io/tracebloc/ingestor:prod
                workload: statefulset/acme-jobs-manager
                action: setEnv
                container: api
                env: INGESTOR_IMAGE_DIGEST
                pinned: true
              - name: web
                image: registry.example.com/web:stable
                workload: daemonset/web
                action: setImage
                container: web
            """);
        Assert.Equal("tracebloc", read.Namespace);
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)), (read.RolloutTimeout, read.TickTimeout));
        Assert.Equal((4, 5, docker), (read.FailureThreshold, read.MaxRefreshAttempts, read.DockerConfigFile));
        Assert.True(read.PullSecrets);
        Assert.Equal(new RegistryHostOptions { CaFile = ca }, read.Registries["ghcr.io"]);
        Assert.Equal(
            [
                Image("jobs-manager", "docker.io/tracebloc/jobs-manager:prod",
                    new(WorkloadKind.Deployment, "acme-jobs-manager"), new RefreshAction.Restart()),
                Image("ingestor", "ghcr.io/tracebloc/ingestor:prod",
                    new(WorkloadKind.StatefulSet, "acme-jobs-manager"),
                    new RefreshAction.SetEnv("api", "INGESTOR_IMAGE_DIGEST")) with { Pinned = true },
                Image("web", "registry.example.com/web:stable",
                    new(WorkloadKind.DaemonSet, "web"), new RefreshAction.SetImage("web")),
            ],
            read.Images);
    }

    [Fact]
    public void What_is_left_away_has_its_default()
    {
        var read = _file.Read(ConfigurationFile.Minimal);
        Assert.Null(read.Namespace);
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(40)), (read.RolloutTimeout, read.TickTimeout));
        Assert.Equal((3, 3), (read.FailureThreshold, read.MaxRefreshAttempts));
        Assert.Empty(read.Registries);
        Assert.Null(read.DockerConfigFile);
        Assert.False(Assert.Single(read.Images).Pinned);
    }

    [Fact]
    public void JSON_will_do()
    {
        var read = _file.Read("""
            {
            	"apiVersion": "refresh.tracebloc.io/v1", "kind": "RefreshConfig", "failureThreshold": 2,
            	"images": [
            		{"name": "web", "image": "web", "workload": "deployment/web", "action": "restart", "pinned": false}
            	]
            }
            """);
        Assert.Equal(2, read.FailureThreshold);
        Assert.Equal("docker.io/library/web:latest", Assert.Single(read.Images).Image.ToString());
    }

    [Fact]
    public void Every_error_is_said_at_once_each_with_its_path_and_line() =>
        Assert.Equal(
            [
                "refresh.yaml:1: apiVersion: \"v1\" is not known to this version; write refresh.tracebloc.io/v1",
                "refresh.yaml:1: kind is missing; write kind: RefreshConfig",
                "refresh.yaml:2: namespace: \"Trace Bloc\" is no namespace; use lower-case letters, digits and dashes",
                "refresh.yaml:3: rolloutTimeout: \"10\" is not a duration; write it as 90s, 10m or 1h30m",
                "refresh.yaml:4: failureThreshold: must be a whole number of at least 1, but is the number 0",
                "refresh.yaml:5: maxRefreshAttempt: is not a known key; did you mean maxRefreshAttempts?",
                "refresh.yaml:8: images[0].workload: \"pods/web\" is not kind/name; "
                    + "the kind is deployment, statefulset, daemonset or cronjob",
                "refresh.yaml:9: images[0].action: \"restrat\" is not an action; use restart, setEnv or setImage",
                "refresh.yaml:10: images[0].pinned: must be true or false without quotes, but is \"no\"",
                "refresh.yaml:11: images[1]: name is missing; write name: web; it is part of the annotations' names",
                "refresh.yaml:11: images[1]: workload is missing; write workload: deployment/web",
                "refresh.yaml:11: images[1]: action is missing; write action: restart, setEnv or setImage",
            ],
            _file.ErrorsOf("""
                apiVersion: v1
                namespace: Trace Bloc
                rolloutTimeout: 10
                failureThreshold: 0
                maxRefreshAttempt: 3
                images:
                - {name: web, image: web,
                   workload: pods/web,
                   action: restrat, container: c, env: E,
                   pinned: no}
                - image: web
                """));

    [Theory]
    [InlineData("tickTimeout: 10m", "refresh.yaml:5: tickTimeout: a tick of 10m must hold a rollout of 10m and "
        + "4m more; raise tickTimeout or lower rolloutTimeout")]
    [InlineData("rolloutTimeout: 1h", "refresh.yaml:5: rolloutTimeout: a tick of 40m must hold a rollout of 1h and "
        + "4m more; raise tickTimeout or lower rolloutTimeout")]
    [InlineData("dockerConfigFile: none.json", "refresh.yaml:5: dockerConfigFile: none.json does not exist; "
        + "check the path and that it is mounted")]
    [InlineData("registry: {}", "refresh.yaml:5: registry: is not a known key; did you mean registries?")]
    [InlineData("images: []", "refresh.yaml:5: images: is given twice, first on line 3; keep one")]
    public void A_setting_that_cannot_work_is_refused(string line, string error) =>
        Assert.Equal([error], _file.ErrorsOf(ConfigurationFile.Minimal + line + "\n"));

    [Theory]
    [InlineData("")]
    [InlineData("images:")]
    [InlineData("images: []")]
    public void There_is_at_least_one_image(string images) =>
        Assert.Equal(
            ["refresh.yaml:1: images is missing; list at least one"],
            _file.ErrorsOf(ConfigurationFile.Head + images + "\n"));

    [Fact]
    public void A_file_that_is_not_there_is_one_line() =>
        Assert.Equal(
            ["refresh.yaml: does not exist; check the path and that it is mounted"],
            _file.ErrorsOf(() => RefreshConfigurationReader.Read(_file.Path)));

    private static TrackedImage Image(string name, string image, WorkloadReference workload, RefreshAction action) =>
        new()
        {
            Name = name,
            Image = ImageReference.Parse(image),
            Workload = workload,
            Action = action,
        };
}
