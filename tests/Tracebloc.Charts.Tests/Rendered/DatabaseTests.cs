using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The accounts of the database, and the SQL that makes them at each of its starts.</summary>
public sealed class DatabaseTests
{
    private const string JobsManager = "'tracebloc_jobs_manager'@'%'", Runs = "'tracebloc_runs'@'%'";

    [Fact]
    public async Task Jobs_manager_keeps_runs_and_reads_data_sets_which_runs_alone_change()
    {
        var grants = (await StatementsAsync()).Where(one => one.StartsWith("GRANT", StringComparison.Ordinal));

        Assert.Equal(
            [
                $"GRANT ALL PRIVILEGES ON `metadata`.* TO {JobsManager}",
                $"GRANT SELECT ON `training_test_datasets`.* TO {JobsManager}",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON `training_test_datasets`.* "
                    + $"TO {Runs}",
            ],
            grants);
    }

    /// <summary>On an existing volume the account may be there, with another password and other grants.</summary>
    [Fact]
    public async Task Every_start_makes_each_account_what_it_should_be()
    {
        var statements = await StatementsAsync();

        Assert.All([JobsManager, Runs], account => Assert.Equal(
            ["CREATE USER IF NOT EXISTS", "ALTER USER", "REVOKE ALL PRIVILEGES, GRANT OPTION FROM", "GRANT"],
            statements.Where(one => one.Contains(account, StringComparison.Ordinal))
                .Select(one => one.StartsWith("GRANT", StringComparison.Ordinal)
                    ? "GRANT"
                    : one[..one.IndexOf($" {account}", StringComparison.Ordinal)])
                .Distinct()));
    }

    /// <summary>MySQL 5.7 reads a line as a statement, and knows no comment.</summary>
    [Fact]
    public async Task Each_line_is_a_statement() => Assert.All(
        Lines(await SecretAsync()),
        line => Assert.Matches("^(SET|PREPARE|EXECUTE) [^\n]*;$", line));

    /// <summary>
    /// A server ends at an error, and some know no accounts or are followed by an image's own scripts.
    /// </summary>
    [Fact]
    public async Task A_server_that_only_makes_the_data_directory_executes_none_of_it()
    {
        var lines = Lines(await SecretAsync());

        Assert.Equal("SET @serves = NOT @@skip_networking AND @@event_scheduler <> 'DISABLED';", lines[0]);
        Assert.All(lines[1..].Chunk(3), three =>
        {
            Assert.StartsWith("SET @statement = IF(@serves, '", three[0]);
            Assert.EndsWith("', 'DO 0');", three[0]);
            Assert.Equal(["PREPARE account FROM @statement;", "EXECUTE account;"], three[1..]);
        });
    }

    [Fact]
    public async Task The_password_of_a_run_is_the_one_in_the_database()
    {
        var secret = await SecretAsync();
        var statements = Statements(secret);

        Assert.Equal(("tracebloc_runs", "tracebloc_jobs_manager"),
            (Decoded(secret, "DB_USER"), Decoded(secret, "JOBS_MANAGER_DB_USER")));
        Assert.Contains($"ALTER USER {Runs} IDENTIFIED BY '{Decoded(secret, "DB_PASSWORD")}'", statements);
        Assert.Contains(
            $"ALTER USER {JobsManager} IDENTIFIED BY '{Decoded(secret, "JOBS_MANAGER_DB_PASSWORD")}'", statements);
    }

    [Fact]
    public async Task Passwords_are_made_and_are_different()
    {
        var (one, other) = (await SecretAsync(), await SecretAsync());
        string[] passwords =
        [
            Decoded(one, "DB_PASSWORD"), Decoded(one, "JOBS_MANAGER_DB_PASSWORD"), Decoded(other, "DB_PASSWORD"),
        ];

        Assert.All(passwords, password => Assert.Matches("^[A-Za-z0-9]{32}-aA1$", password));
        Assert.Equal(3, passwords.Distinct().Count());
    }

    [Theory]
    [InlineData("kept")]
    [InlineData("o'clock \\ `tick`")]
    public async Task An_upgrade_keeps_them(string password)
    {
        await using var cluster = await Cluster.StartAsync(
            [Live(("DB_PASSWORD", password), ("JOBS_MANAGER_DB_PASSWORD", "another"))]);
        var secret = (await Chart.Client.RenderAsync(
            new Release { KubeConfig = cluster.KubeConfig, IsUpgrade = true })).Find("Secret", "acme-db");

        Assert.Equal(password, Decoded(secret, "DB_PASSWORD"));
        Assert.Equal("another", Decoded(secret, "JOBS_MANAGER_DB_PASSWORD"));
        Assert.Contains(
            $"ALTER USER {Runs} IDENTIFIED BY '{password.Replace(@"\", @"\\").Replace("'", "''")}'",
            Statements(secret));
    }

    [Theory]
    [InlineData("", "acme-db")]
    [InlineData("database: {existingSecret: tracebloc-db}", "tracebloc-db")]
    public async Task The_database_reads_it_from_the_secret(string values, string secret)
    {
        var chart = await Chart.Client.RenderAsync(values);
        var mysql = chart.Deployment("mysql-client");
        var volume = mysql.Volumes.Single(one => one["name"].Text == "accounts")["secret"];
        var mount = mysql.Container("mysql-client").Mounts.Single(one => one["name"].Text == "accounts");

        Assert.Equal(secret, volume["secretName"].Text);
        Assert.Equal("accounts.sql", Assert.Single(volume["items"].Items)["path"].Text);
        Assert.Contains(
            $"\ninit_file = {mount["mountPath"].Text}/accounts.sql\n",
            chart.Find("ConfigMap", "mysql-client-config")["data"]["mysql.cnf"].Text + "\n");
        Assert.Equal(secret == "acme-db", chart.Has("Secret", "acme-db"));
    }

    [Fact]
    public async Task Its_passwords_stand_nowhere_else()
    {
        var chart = await new Chart("charts/client").RenderAsync();
        var password = Decoded(chart.Find("Secret", "acme-db"), "DB_PASSWORD");

        Assert.All(
            chart.Manifests.Where(manifest => manifest.Kind != "Secret"),
            manifest => Assert.DoesNotContain(password, manifest.Text));
    }

    /// <summary>Passwords are no reason for a restart: they change with no upgrade.</summary>
    [Fact]
    public async Task Other_passwords_are_the_same_pod()
    {
        var (one, other) = (new Chart("charts/client"), new Chart("charts/client"));

        Assert.Equal(
            (await one.RenderAsync()).Deployment("mysql-client").Manifest.Text,
            (await other.RenderAsync()).Deployment("mysql-client").Manifest.Text);
    }

    [Fact]
    public async Task A_table_is_loaded_from_the_client() => Assert.Contains(
        "\nlocal_infile = ON\n",
        (await Chart.Client.RenderAsync()).Find("ConfigMap", "mysql-client-config")["data"]["mysql.cnf"].Text);

    private static async Task<Manifest> SecretAsync() =>
        (await new Chart("charts/client").RenderAsync()).Find("Secret", "acme-db");

    private static async Task<IReadOnlyList<string>> StatementsAsync() => Statements(await SecretAsync());

    /// <summary>The statements of a server that serves: the literals, unquoted once as SQL does.</summary>
    private static IReadOnlyList<string> Statements(Manifest secret) =>
    [
        .. Lines(secret).Where(line => line.StartsWith("SET @statement", StringComparison.Ordinal))
            .Select(line => line["SET @statement = IF(@serves, '".Length..^"', 'DO 0');".Length])
            .Select(text => text.Replace("''", "'").Replace(@"\\", @"\")),
    ];

    private static string[] Lines(Manifest secret) =>
        Decoded(secret, "accounts.sql").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Decoded(Manifest secret, string key) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"][key].Text));

    private static JsonObject Live(params (string Key, string Value)[] data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = "acme-db", ["namespace"] = "tracebloc" },
        ["data"] = new JsonObject(data.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            pair.Key, Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value))))),
    };
}
