using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Settings;

/// <summary>Reads the environment of <c>jobs-manager proxy</c>.</summary>
internal static class ForwardSettingsReader
{
    private const string Remedy = "set it in the container of requests-proxy";
    private const int Week = 7 * 24 * 60 * 60, Year = 366 * 24 * 60 * 60;

    // RFC 7518, section 3.2.
    private const int ShortestKey = 32;

    private static readonly IPEndPoint Everywhere = new(IPAddress.Any, 8888);

    // The words are those of Python's logging, which earlier releases read.
    private static readonly Dictionary<string, LogLevel> Levels = new()
    {
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
    };

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
            SigningKey = SigningKey(variables),
            TokenLife = TimeSpan.FromSeconds(
                variables.Number("POD_TOKEN_TTL_SECONDS", absent: Week, least: 60, most: Year)),
            Listen = Listen(variables),
            LogLevel = variables.Word("LOG_LEVEL", LogLevel.Information, Levels),
        };
        errors.ThrowIfAny();
        return settings;
    }

    private static Uri Backend(EnvironmentVariables variables)
    {
        var hosts = CentralAddress.OfEnvironments;
        var host = variables.Word("CLIENT_ENV", hosts["prod"], hosts);
        if (!HttpAddress.TryParse(variables.Find("BACKEND_URL") ?? host, out var address) || address.Query != "")
        {
            variables.Add("BACKEND_URL", "is not an address; write it as https://HOST/");
            return new Uri(host);
        }

        return address.AbsolutePath.EndsWith('/') ? address : new Uri($"{address}/");
    }

    private static Secret SigningKey(EnvironmentVariables variables)
    {
        const string Name = "POD_TOKEN_SIGNING_SECRET";
        var key = variables.RequiredSecret(Name, Remedy);
        if (key.Reveal().Length > 0 && Encoding.UTF8.GetByteCount(key.Reveal()) < ShortestKey)
            variables.Add(Name, $"is too short; write at least {ShortestKey} random bytes, the same for jobs-manager");
        return key;
    }

    private static IPEndPoint Listen(EnvironmentVariables variables)
    {
        if (variables.Find("LISTEN") is not { } text) return Everywhere;
        if (ListenAddress.TryParse(text, out var address)) return address;
        variables.Add("LISTEN", $"is \"{text}\"; write ADDRESS:PORT, for example 0.0.0.0:8888");
        return Everywhere;
    }
}
