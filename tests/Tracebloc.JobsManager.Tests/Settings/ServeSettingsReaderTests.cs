using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Settings;

public sealed class ServeSettingsReaderTests
{
    private readonly Dictionary<string, string> _variables = new()
    {
        ["MYSQL_HOST"] = "mysql-client",
        ["DB_USER"] = "jobs-manager",
        ["DB_PASSWORD"] = " pass word ",
        ["POD_TOKEN_SIGNING_SECRET"] = new string('k', 32),
        ["REQUESTS_PROXY_URL"] = "http://requests-proxy-service:8888",
        ["CLIENT_PVC"] = "client-pvc",
        ["INGEST_DB_SECRET"] = "client-db",
    };

    [Fact]
    public void A_minimal_environment_has_defaults()
    {
        var settings = Read();

        Assert.Equal(
            ("mysql-client", 3306, "jobs-manager", " pass word ", "metadata", (string?)null),
            (settings.Database.Host, settings.Database.Port, settings.Database.User, settings.Database.Password,
                settings.Database.Database, settings.Database.CaFile));
        Assert.Equal(
            ("ghcr.io/tracebloc/ingestor", null, null, "/etc/tracebloc/ingestion-authz.yaml", "0.0.0.0:8080", null),
            (settings.ImageRepository, settings.ImageTag, settings.ImageDigest, settings.Policy, $"{settings.Listen}",
                settings.Namespace));
        Assert.Equal(
            (TimeSpan.FromDays(7), 200, TimeSpan.FromDays(30), LogLevel.Information),
            (settings.TokenLife, settings.KeptRuns, settings.KeptFor, settings.LogLevel));
        Assert.Equal(
            ("mysql-client", 3306, "client-db", "http://requests-proxy-service:8888", "prod", "client-pvc"),
            (settings.Pods.MysqlHost, settings.Pods.MysqlPort, settings.Pods.DatabaseSecret, settings.Pods.ProxyUrl,
                settings.Pods.Environment, settings.Pods.Claim));
        Assert.Equal("cpu=250m memory=512Mi, cpu=2 memory=1Gi, ", Resources(settings.Pods));
        Assert.Null(settings.Pods.PullSecret ?? settings.Pods.RuntimeClass);
        Assert.Null(settings.Pods.User ?? settings.Pods.Group);
        Assert.Equal((null, true), (settings.Pods.DatabaseAuthorities, settings.Pods.HasFixedUser));
    }

    [Fact]
    public void Every_variable_has_its_setting()
    {
        Set("MYSQL_PORT", "3307", "DB_NAME", "meta", "MYSQL_SSL_CA", "/ca.crt", "POD_TOKEN_TTL_SECONDS", "3600");
        Set("CLIENT_ENV", "DEV", "INGESTOR_IMAGE_TAG", "dev", "INGESTOR_IMAGE_DIGEST", $"sha256:{new string('a', 64)}");
        Set("IMAGE_PULL_SECRET_NAME", "regcred", "RUNTIME_CLASS_NAME", "gvisor", "INGEST_REQUESTS", "cpu=1");
        Set("INGEST_LIMITS", "cpu=4, memory=8Gi", "INGEST_NODE_SELECTOR", "kubernetes.io/arch=amd64,pool=");
        Set("HOST_UID", "1000", "HOST_GID", "1001", "INGESTION_AUTHZ", "/p.yaml", "LISTEN", "127.0.0.1:81");
        Set("INGEST_DB_CA", "database-ca", "INGEST_FIXED_USER", "false");
        Set("NAMESPACE", "runs", "RUNS_KEEP", "7", "RUNS_KEEP_DAYS", "2", "LOG_LEVEL", "DEBUG");

        var settings = Read();

        Assert.Equal(
            (3307, "meta", "/ca.crt", TimeSpan.FromHours(1), "dev", "sha256:" + new string('a', 64)),
            (settings.Database.Port, settings.Database.Database, settings.Database.CaFile, settings.TokenLife,
                settings.ImageTag, settings.ImageDigest));
        Assert.Equal(
            ("dev", "regcred", "gvisor", 1000, 1001),
            (settings.Pods.Environment, settings.Pods.PullSecret, settings.Pods.RuntimeClass, settings.Pods.User,
                settings.Pods.Group));
        Assert.Equal(
            ("database-ca", false), (settings.Pods.DatabaseAuthorities, settings.Pods.HasFixedUser));
        Assert.Equal(
            "cpu=1, cpu=4 memory=8Gi, kubernetes.io/arch=amd64 pool=", Resources(settings.Pods));
        Assert.Equal(
            ("/p.yaml", "127.0.0.1:81", "runs", 7, TimeSpan.FromDays(2), LogLevel.Debug),
            (settings.Policy, $"{settings.Listen}", settings.Namespace, settings.KeptRuns, settings.KeptFor,
                settings.LogLevel));
    }

    [Theory]
    [InlineData(null, null, "ghcr.io/tracebloc/ingestor")]
    [InlineData(null, "docker.io/", "ghcr.io/tracebloc/ingestor")]
    [InlineData(null, "harbor.example.com/", "harbor.example.com/tracebloc/ingestor")]
    [InlineData("team/ingestor", null, "docker.io/team/ingestor")]
    [InlineData("team/ingestor", "harbor.example.com:5000/", "harbor.example.com:5000/team/ingestor")]
    [InlineData("quay.io/team/ingestor", "harbor.example.com/", "quay.io/team/ingestor")]
    [InlineData("localhost/ingestor", "harbor.example.com/", "localhost/ingestor")]
    public void A_mirror_replaces_the_registry_as_in_the_client_chart(string? repository, string? host, string image)
    {
        Set("INGESTOR_IMAGE_REPOSITORY", repository ?? "", "JOB_IMAGE_HOST", host ?? "");

        Assert.Equal(image, Read().ImageRepository);
    }

    [Theory]
    [InlineData("MYSQL_HOST", "", "is not set; set it in the container of jobs-manager")]
    [InlineData("DB_PASSWORD", "", "is not set; set it in the container of jobs-manager")]
    [InlineData("POD_TOKEN_SIGNING_SECRET", "short", "is too short; write at least 32 random bytes")]
    [InlineData("REQUESTS_PROXY_URL", "requests-proxy", "is not an address; write it as http://requests-proxy")]
    [InlineData("CLIENT_PVC", "a b", "is \"a b\"; write the name of an object")]
    [InlineData("CLIENT_ENV", "qa", "is \"qa\"; write dev, stg, prod or local")]
    [InlineData("INGEST_LIMITS", "cpu", "has \"cpu\"; write it like cpu=500m,memory=1Gi")]
    [InlineData("INGEST_LIMITS", "cpu=1,cpu=2", "has cpu twice; keep one")]
    [InlineData("INGEST_NODE_SELECTOR", "=a", "has \"=a\"; write it like kubernetes.io/arch=amd64")]
    [InlineData("INGESTOR_IMAGE_DIGEST", "prod", "is \"prod\"; write sha256: and 64 lower-case")]
    [InlineData("INGEST_DB_CA", "/ca.crt", "is \"/ca.crt\"; write the name of an object")]
    [InlineData("INGEST_FIXED_USER", "no", "is \"no\"; write true or false")]
    [InlineData("HOST_UID", "0", "is \"0\"; write a whole number from 1")]
    [InlineData("LISTEN", "8080", "is \"8080\"; write ADDRESS:PORT, for example 0.0.0.0:8080")]
    [InlineData("INGESTION_AUTHZ", "authz.yaml", "is \"authz.yaml\"; write an absolute path")]
    public void A_wrong_variable_is_named_with_its_remedy(string name, string value, string message)
    {
        Set(name, value);

        Assert.StartsWith($"environment: {name}: {message}", Assert.Throws<ConfigurationException>(Read).Message);
    }

    [Fact]
    public void All_wrong_variables_are_reported_at_once()
    {
        Set("CLIENT_ENV", "qa", "DB_USER", "", "MYSQL_PORT", "x", "HOST_GID", "root");

        Assert.Equal(4, Assert.Throws<ConfigurationException>(Read).Errors.Count);
    }

    [Fact]
    public void No_record_of_settings_prints_a_secret()
    {
        var (password, key) = (Canary.New("password"), Canary.New("a-signing-key-of-32-bytes-or-more"));
        Set("DB_PASSWORD", password.Value, "POD_TOKEN_SIGNING_SECRET", key.Value);

        new LeakScan(password, key).Look("the settings", Read().ToString()).AssertNone();
    }

    private static string Resources(PodSettings pods) => string.Join(
        ", ",
        new[] { pods.Requests, pods.Limits, pods.NodeSelector }.Select(
            pairs => string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"))));

    private ServeSettings Read() => ServeSettingsReader.Read(_variables.GetValueOrDefault);

    private void Set(params string[] pairs)
    {
        foreach (var pair in pairs.Chunk(2)) _variables[pair[0]] = pair[1];
    }
}
