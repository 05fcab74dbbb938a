using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Settings;

public sealed class EnvironmentSettingsTests
{
    private readonly Dictionary<string, string> _variables = new()
    {
        ["INGEST_CONFIG"] = "/etc/tracebloc/ingest.yaml",
        ["MYSQL_HOST"] = "mysql-client",
        ["DB_USER"] = "run-7",
        ["DB_PASSWORD"] = " pass word ",
        ["BACKEND_TOKEN"] = "token-7",
    };

    [Fact]
    public void A_minimal_environment_has_defaults()
    {
        var settings = Read();

        Assert.Equal(
            ("mysql-client", 3306, "training_test_datasets", (LoadMethod?)null, TimeSpan.FromMinutes(2)),
            (settings.Database.Host, settings.Database.Port, settings.Database.Name, settings.Database.Load,
                settings.Database.Wait));
        Assert.Equal(" pass word ", settings.Database.Password.Reveal());
        Assert.Equal("https://api.tracebloc.io/", settings.Backend?.Address.ToString());
        Assert.Equal(
            ("/data/shared", null, 4000, LogLevel.Information),
            (settings.Storage, settings.RunKey, settings.BatchSize, settings.LogLevel));
    }

    [Fact]
    public void Every_variable_has_its_setting()
    {
        Set("MYSQL_PORT", "3307", "DB_NAME", "sets", "MYSQL_SSL_CA", "/ca.crt", "MYSQL_LOAD", "Insert");
        Set("MYSQL_WAIT_SECONDS", "5", "CLIENT_ENV", "DEV", "TITLE", "Houses", "BATCH_SIZE", "10", "PYTHON", "/py");
        Set("LOG_LEVEL", "WARNING", "STORAGE_PATH", "/data", "TMPDIR", "/tmp", "PATH", "/usr/bin");
        Set("TRACEBLOC_INGEST_CORRELATION_ID", "run.7_a-B");

        var settings = Read();

        Assert.Equal(
            (3307, "sets", "/ca.crt", LoadMethod.Insert, TimeSpan.FromSeconds(5)),
            (settings.Database.Port, settings.Database.Name, settings.Database.CaFile, settings.Database.Load,
                settings.Database.Wait));
        Assert.Equal("https://dev-api.tracebloc.io/", settings.Backend?.Address.ToString());
        Assert.Equal(
            ("Houses", 10, "/py", LogLevel.Warning, "/data", "/tmp", "/usr/bin", "run.7_a-B"),
            (settings.Title, settings.BatchSize, settings.Python, settings.LogLevel, settings.Storage,
                settings.Scratch, settings.Path, settings.RunKey));
    }

    [Theory]
    [InlineData("http://requests-proxy:8888", "http://requests-proxy:8888/")]
    [InlineData("https://proxy/base", "https://proxy/base/")]
    public void A_given_address_of_the_backend_wins(string given, string expected)
    {
        Set("BACKEND_URL", given);

        Assert.Equal(expected, Read().Backend?.Address.ToString());
    }

    [Fact]
    public void A_local_run_has_no_backend_and_needs_no_token()
    {
        Set("CLIENT_ENV", "local", "BACKEND_TOKEN", "");

        Assert.Null(Read().Backend);
    }

    [Theory]
    [InlineData("CLIENT_ENV", "qa", "is \"qa\"; write dev, stg, prod or local")]
    [InlineData("MYSQL_PORT", "0", "is \"0\"; write a whole number from 1 to 65535")]
    [InlineData("BATCH_SIZE", "4k", "is \"4k\"; write a whole number from 1 to 100000")]
    [InlineData("MYSQL_LOAD", "fast", "is \"fast\"; write auto, local or insert")]
    [InlineData("STORAGE_PATH", "data", "is \"data\"; write an absolute path")]
    [InlineData("INGEST_CONFIG", "", "is not set; set it to the path of the mounted ingest.yaml")]
    [InlineData("DB_USER", "", "is not set; set it in the Job's container")]
    [InlineData("DB_PASSWORD", "", "is not set; set it in the Job's container")]
    [InlineData("BACKEND_TOKEN", "",
        "is not set; set it in the Job's container, or CLIENT_ENV=local to register nothing")]
    [InlineData("TRACEBLOC_INGEST_CORRELATION_ID", "a/b",
        "is not a run's key; write 1 to 64 letters, digits, dots, dashes and underscores")]
    public void A_wrong_variable_is_named_with_its_remedy(string name, string value, string message)
    {
        Set(name, value);

        var error = Assert.Throws<ConfigurationException>(Read);

        Assert.Equal($"environment: {name}: {message}", error.Message);
        Assert.Equal(IngestorExit.Usage, Fault.ExitCodeOf(error));
    }

    [Theory]
    [InlineData("4", "0", 4, 0)]
    [InlineData("4", "3", 4, 3)]
    [InlineData("2", "", 2, null)]
    public void Pods_of_an_indexed_Job_have_their_number_and_index(
        string shards, string index, int count, int? number)
    {
        Set("TRACEBLOC_INGEST_SHARDS", shards, "JOB_COMPLETION_INDEX", index);
        Set("TRACEBLOC_INGEST_CORRELATION_ID", "run-7");

        Assert.Equal(new ShardSettings(count, number), Read().Shards);
    }

    [Theory]
    [InlineData("", "0")]
    [InlineData("1", "0")]
    [InlineData("1", "")]
    public void A_Job_of_one_pod_shares_nothing(string shards, string index)
    {
        Set("TRACEBLOC_INGEST_SHARDS", shards, "JOB_COMPLETION_INDEX", index);

        Assert.Null(Read().Shards);
    }

    [Theory]
    [InlineData("TRACEBLOC_INGEST_SHARDS", "65", "is \"65\"; write a whole number from 1 to 64")]
    [InlineData("JOB_COMPLETION_INDEX", "4",
        "is 4, and TRACEBLOC_INGEST_SHARDS is 4; set it to the Job's completions")]
    [InlineData("TRACEBLOC_INGEST_CORRELATION_ID", "",
        "is not set, and the pods of a Job find each other by it; set it in the Job's container")]
    public void A_wrong_variable_of_an_indexed_Job_is_named(string name, string value, string message)
    {
        Set("TRACEBLOC_INGEST_SHARDS", "4", "JOB_COMPLETION_INDEX", "1", "TRACEBLOC_INGEST_CORRELATION_ID", "run-7");
        Set(name, value);

        Assert.Equal($"environment: {name}: {message}", Assert.Throws<ConfigurationException>(Read).Message);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void A_run_replaces_a_data_set_only_where_that_is_asked_for(string value, bool overwrites)
    {
        Set("TRACEBLOC_INGEST_OVERWRITE", value, "TRACEBLOC_INGEST_CORRELATION_ID", "run-7");

        Assert.Equal(overwrites, Read().Overwrite);
    }

    [Theory]
    [InlineData("TRACEBLOC_INGEST_OVERWRITE", "yes", "is \"yes\"; write 0 or 1")]
    [InlineData("TRACEBLOC_INGEST_CORRELATION_ID", "",
        "is not set, and with TRACEBLOC_INGEST_OVERWRITE every run needs a key of its own; set it in the Job's "
        + "container")]
    public void A_wrong_variable_of_a_run_that_replaces_is_named(string name, string value, string message)
    {
        Set("TRACEBLOC_INGEST_OVERWRITE", "1", "TRACEBLOC_INGEST_CORRELATION_ID", "run-7");
        Set(name, value);

        Assert.Equal($"environment: {name}: {message}", Assert.Throws<ConfigurationException>(Read).Message);
    }

    [Fact]
    public void All_wrong_variables_are_reported_at_once()
    {
        Set("CLIENT_ENV", "qa", "DB_USER", "", "MYSQL_PORT", "x");

        Assert.Equal(3, Assert.Throws<ConfigurationException>(Read).Errors.Count);
    }

    [Fact]
    public void Without_a_database_host_the_exit_code_is_64()
    {
        Set("MYSQL_HOST", "", "DB_USER", "");

        Assert.Equal(64, Fault.ExitCodeOf(Assert.Throws<IngestorException>(Read)));
    }

    [Theory]
    [InlineData("SRC_PATH")]
    [InlineData("LABEL_FILE")]
    [InlineData("TABLE_NAME")]
    public void An_environment_of_the_earlier_form_leads_to_the_documentation(string name)
    {
        Set("INGEST_CONFIG", "", "MYSQL_HOST", "", name, "x");

        var error = Assert.Throws<ConfigurationException>(Read);

        Assert.Contains(name, error.Message);
        Assert.Contains("docs/ingestion.md", error.Message);
    }

    [Theory]
    [InlineData("BACKEND_TOKEN", "to ken")]
    [InlineData("BACKEND_URL", "https://user:s3cret@host/")]
    public void A_secret_is_never_repeated(string name, string value)
    {
        Set(name, value);

        var message = Assert.Throws<ConfigurationException>(Read).ToString();

        Assert.DoesNotContain("to ken", message);
        Assert.DoesNotContain("s3cret", message);
    }

    [Fact]
    public void No_record_of_settings_prints_a_secret()
    {
        var (password, token) = (Canary.New("password"), Canary.New("token"));
        Set("DB_PASSWORD", password.Value, "BACKEND_TOKEN", token.Value);

        new LeakScan(password, token).Look("the settings", Read().ToString()).AssertNone();
    }

    private IngestorSettings Read() => EnvironmentSettings.Read(_variables.GetValueOrDefault);

    private void Set(params string[] pairs)
    {
        foreach (var pair in pairs.Chunk(2)) _variables[pair[0]] = pair[1];
    }
}
