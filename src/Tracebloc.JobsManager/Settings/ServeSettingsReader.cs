using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.JobsManager.Settings;

/// <summary>
/// Reads the environment of <c>jobs-manager serve</c>; <c>schemas/jobs-manager-env.v1.json</c> lists every variable of
/// both verbs. CLIENT_PASSWORD is never read.
/// </summary>
internal static class ServeSettingsReader
{
    private const string Remedy = "set it in the container of jobs-manager";
    private const int Port = 8080;

    /// <summary>Reads all of it.</summary>
    /// <param name="variable">Looks an environment variable up; null when it is unset.</param>
    /// <exception cref="ConfigurationException">Variables are missing or wrong; it names all of them.</exception>
    public static ServeSettings Read(Func<string, string?> variable)
    {
        var errors = new ConfigurationErrors("environment");
        var variables = new EnvironmentVariables(variable, errors);
        var settings = Read(variables, PodSettingsReader.Read(variables, Remedy));
        errors.ThrowIfAny();
        return settings;
    }

    private static ServeSettings Read(EnvironmentVariables variables, PodSettings pods) => new()
    {
        Database = new DatabaseOptions
        {
            Host = pods.MysqlHost,
            Port = pods.MysqlPort,
            User = variables.Required("DB_USER", Remedy),
            Password = variables.RequiredSecret("DB_PASSWORD", Remedy).Reveal(),
            Database = variables.Find("DB_NAME") ?? "metadata",
            CaFile = variables.Find("MYSQL_SSL_CA"),
        },
        SigningKey = SharedVariables.SigningKey(variables, Remedy),
        TokenLife = SharedVariables.TokenLife(variables),
        Pods = pods,
        ImageRepository = ImageRepository.Of(
            variables.Find("INGESTOR_IMAGE_REPOSITORY"), variables.Find("JOB_IMAGE_HOST")),
        ImageTag = variables.Find("INGESTOR_IMAGE_TAG"),
        ImageDigest = Digest(variables),
        Policy = variables.Folder("INGESTION_AUTHZ") ?? "/etc/tracebloc/ingestion-authz.yaml",
        Listen = SharedVariables.Listen(variables, Port),
        Namespace = variables.Find("NAMESPACE"),
        KeptRuns = variables.Number("RUNS_KEEP", absent: 200, least: 0, most: 100_000),
        KeptFor = TimeSpan.FromDays(variables.Number("RUNS_KEEP_DAYS", absent: 30, least: 1, most: 3650)),
        LogLevel = SharedVariables.Level(variables),
    };

    private static string? Digest(EnvironmentVariables variables)
    {
        const string Name = "INGESTOR_IMAGE_DIGEST";
        if (variables.Find(Name) is not { } digest) return null;
        if (!SubmissionRules.IsImageDigest(digest))
            variables.Add(Name, $"is \"{digest}\"; write sha256: and 64 lower-case hexadecimal digits");
        return digest;
    }
}
