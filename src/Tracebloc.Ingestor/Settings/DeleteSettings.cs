using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Datasets;

namespace Tracebloc.Ingestor.Settings;

/// <summary>The part of the environment that the removal of a data set needs.</summary>
/// <param name="Database">The database of data sets.</param>
/// <param name="Storage">The folder that holds every data set: STORAGE_PATH.</param>
/// <param name="LogLevel">LOG_LEVEL.</param>
internal sealed record DeleteSettings(DatabaseSettings Database, string Storage, LogLevel LogLevel)
{
    /// <exception cref="ConfigurationException">Variables are missing or wrong; it names all of them.</exception>
    /// <exception cref="IngestorException">MYSQL_HOST is not set.</exception>
    public static DeleteSettings Read(Func<string, string?> variable)
    {
        var errors = new ConfigurationErrors("environment");
        var variables = new EnvironmentVariables(variable, errors);
        var settings = new DeleteSettings(
            EnvironmentSettings.Database(variables, EnvironmentSettings.DatabaseHost(variables)),
            variables.Folder("STORAGE_PATH") ?? DatasetFolder.Volume,
            variables.Word("LOG_LEVEL", LogLevel.Information, LogWords.Levels));
        errors.ThrowIfAny();
        return settings;
    }
}
