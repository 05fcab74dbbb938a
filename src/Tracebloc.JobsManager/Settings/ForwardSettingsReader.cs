using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reporting;

namespace Tracebloc.JobsManager.Settings;

/// <summary>Reads the environment of <c>jobs-manager proxy</c>.</summary>
internal static class ForwardSettingsReader
{
    private const string Remedy = "set it in the container of requests-proxy";
    private const int Port = 8888;

    /// <summary>Reads all of it.</summary>
    /// <param name="variable">Looks an environment variable up; null when it is unset.</param>
    /// <exception cref="ConfigurationException">Variables are missing or wrong; it names all of them.</exception>
    public static ForwardSettings Read(Func<string, string?> variable)
    {
        var errors = new ConfigurationErrors("environment");
        var variables = new EnvironmentVariables(variable, errors);
        var settings = new ForwardSettings
        {
            ClientId = variables.Required("CLIENT_ID", Remedy),
            ClientPassword = variables.RequiredSecret("CLIENT_PASSWORD", Remedy),
            Backend = Backend(variables),
            BackendAuthorities = variables.Folder("BACKEND_CA_FILE"),
            SigningKey = SharedVariables.SigningKey(variables, Remedy),
            TokenLife = SharedVariables.TokenLife(variables),
            Listen = SharedVariables.Listen(variables, Port),
            LogLevel = SharedVariables.Level(variables),
        };
        errors.ThrowIfAny();
        return settings;
    }

    private static Uri Backend(EnvironmentVariables variables)
    {
        var hosts = CentralAddress.OfEnvironments;
        var host = variables.Word("CLIENT_ENV", hosts["prod"], hosts);
        if (CentralAddress.TryParse(variables.Find("BACKEND_URL") ?? host, out var root)) return root;
        variables.Add("BACKEND_URL", "is not an address; write it as https://HOST/");
        return new Uri(host);
    }
}
