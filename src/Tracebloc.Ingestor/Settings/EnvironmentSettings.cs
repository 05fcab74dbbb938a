using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Settings;

/// <summary>
/// Reads the environment of <c>ingestor run</c>; <c>schemas/ingestor-env.v1.json</c> lists every variable.
/// CLIENT_PASSWORD is never read: a run has a token of its own.
/// </summary>
internal static class EnvironmentSettings
{
    private const string Remedy = "set it in the Job's container";
    private const string Key = "TRACEBLOC_INGEST_CORRELATION_ID";

    private static readonly Dictionary<string, string?> Hosts =
        new(CentralAddress.OfEnvironments.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value)))
        {
            ["local"] = null,
        };

    private static readonly Dictionary<string, bool> Switches = new() { ["0"] = false, ["1"] = true };

    private static readonly Dictionary<string, LoadMethod?> Loads = new()
    {
        ["auto"] = null,
        ["local"] = LoadMethod.LocalInfile,
        ["insert"] = LoadMethod.Insert,
    };

    public static IngestorSettings Read(Func<string, string?> variable)
    {
        var errors = new ConfigurationErrors("environment");
        var variables = new EnvironmentVariables(variable, errors);
        RejectEarlierForm(variables);
        errors.ThrowIfAny();
        var settings = Read(variables, DatabaseHost(variables));
        errors.ThrowIfAny();
        return settings;
    }

    /// <summary>MYSQL_HOST, without which nothing begins.</summary>
    /// <exception cref="IngestorException">It is not set.</exception>
    public static string DatabaseHost(EnvironmentVariables variables) => variables.Find("MYSQL_HOST")
        ?? throw new IngestorException(
            IngestorExit.NoDatabaseHost, $"environment: MYSQL_HOST: is not set; {Remedy}");

    /// <summary>The file of the termination message, which is needed where all else is wrong.</summary>
    public static string TerminationLog(Func<string, string?> variable) =>
        variable("TERMINATION_LOG")?.Trim() is { Length: > 0 } path ? path : "/dev/termination-log";

    private static IngestorSettings Read(EnvironmentVariables variables, string host) => new()
    {
        Specification = variables.Required("INGEST_CONFIG", "set it to the path of the mounted ingest.yaml"),
        Database = Database(variables, host),
        Backend = Backend(variables),
        Storage = variables.Folder("STORAGE_PATH") ?? DatasetFolder.Volume,
        RunKey = RunKey(variables),
        Shards = Shards(variables),
        Overwrite = Overwrite(variables),
        Title = variables.Find("TITLE"),
        BatchSize = variables.Number("BATCH_SIZE", absent: 4000, least: 1, most: 100_000),
        Python = variables.Find("PYTHON"),
        Path = variables.Find("PATH"),
        Scratch = variables.Folder("TMPDIR"),
        LogLevel = variables.Word("LOG_LEVEL", LogLevel.Information, LogWords.Levels),
    };

    /// <summary>The database of data sets.</summary>
    public static DatabaseSettings Database(EnvironmentVariables variables, string host) => new()
    {
        Host = host,
        Port = variables.Number("MYSQL_PORT", absent: 3306, least: 1, most: 65_535),
        User = variables.Required("DB_USER", Remedy),
        Password = variables.RequiredSecret("DB_PASSWORD", Remedy),
        Name = variables.Find("DB_NAME") ?? DatasetDatabase.Name,
        CaFile = variables.Find("MYSQL_SSL_CA"),
        Load = variables.Word("MYSQL_LOAD", null, Loads),
        Wait = TimeSpan.FromSeconds(variables.Number("MYSQL_WAIT_SECONDS", absent: 120, least: 0, most: 86_400)),
    };

    private static BackendSettings? Backend(EnvironmentVariables variables)
    {
        var host = variables.Word("CLIENT_ENV", Hosts["prod"], Hosts);
        if (host is null) return null;
        var token = variables.RequiredSecret("BACKEND_TOKEN", $"{Remedy}, or CLIENT_ENV=local to register nothing");
        if (!HeaderText.IsToken(token.Reveal()))
            variables.Add("BACKEND_TOKEN", $"cannot be sent: {HeaderText.NoToken}; write the token alone");
        if (CentralAddress.TryParse(variables.Find("BACKEND_URL") ?? host, out var root))
            return new BackendSettings(root, token);
        variables.Add("BACKEND_URL", "is not an address; write it as https://HOST/");
        return null;
    }

    private static string? RunKey(EnvironmentVariables variables)
    {
        if (variables.Find(Key) is not { } key) return null;
        if (!SubmissionRules.IsKey(key))
            variables.Add(Key, "is not a run's key; write 1 to 64 letters, digits, dots, dashes and underscores");
        return key;
    }

    // Kubernetes sets the index in every pod of an indexed Job.
    private static ShardSettings? Shards(EnvironmentVariables variables)
    {
        const string Index = "JOB_COMPLETION_INDEX";
        var count = variables.Number(
            "TRACEBLOC_INGEST_SHARDS", absent: 1, least: 1, most: SubmissionRules.MostPods);
        var index = variables.Number(Index, absent: -1, least: 0, most: int.MaxValue);
        if (count == 1) return null;
        if (index >= count)
            variables.Add(
                Index, $"is {index}, and TRACEBLOC_INGEST_SHARDS is {count}; set it to the Job's completions");
        if (variables.Find(Key) is null)
            variables.Add(Key, $"is not set, and the pods of a Job find each other by it; {Remedy}");
        return new ShardSettings(count, index < 0 ? null : index);
    }

    // Without a key of its own, a run of the same specification would be the one that it is to replace.
    private static bool Overwrite(EnvironmentVariables variables)
    {
        const string Name = "TRACEBLOC_INGEST_OVERWRITE";
        if (!variables.Word(Name, false, Switches)) return false;
        if (variables.Find(Key) is null)
            variables.Add(Key, $"is not set, and with {Name} every run needs a key of its own; {Remedy}");
        return true;
    }

    private static void RejectEarlierForm(EnvironmentVariables variables)
    {
        if (variables.Find("INGEST_CONFIG") is not null) return;
        string[] earlier = ["SRC_PATH", "LABEL_FILE", "TABLE_NAME"];
        foreach (var name in earlier.Where(name => variables.Find(name) is not null))
            variables.Add(name, "is of the form without a specification, which has ended; write an ingest.yaml and set "
                + "INGEST_CONFIG to its path: see docs/ingestion.md");
    }
}
