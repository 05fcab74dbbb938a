using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Hosting;

namespace Tracebloc.JobsManager.Settings;

/// <summary>The variables that mean the same to both verbs.</summary>
internal static class SharedVariables
{
    /// <summary>The variable with the address to listen on.</summary>
    public const string ListenName = "LISTEN";

    private const int Week = 7 * 24 * 60 * 60, Year = 366 * 24 * 60 * 60;

    // RFC 7518, section 3.2.
    private const int ShortestKey = 32;

    /// <summary>LOG_LEVEL.</summary>
    public static LogLevel Level(EnvironmentVariables variables) =>
        variables.Word("LOG_LEVEL", LogLevel.Information, LogWords.Levels);

    /// <summary>POD_TOKEN_TTL_SECONDS.</summary>
    public static TimeSpan TokenLife(EnvironmentVariables variables) =>
        TimeSpan.FromSeconds(variables.Number("POD_TOKEN_TTL_SECONDS", absent: Week, least: 60, most: Year));

    /// <summary>POD_TOKEN_SIGNING_SECRET.</summary>
    public static Secret SigningKey(EnvironmentVariables variables, string remedy)
    {
        const string Name = "POD_TOKEN_SIGNING_SECRET";
        var key = variables.RequiredSecret(Name, remedy);
        if (key.Reveal().Length > 0 && Encoding.UTF8.GetByteCount(key.Reveal()) < ShortestKey)
            variables.Add(
                Name,
                $"is too short; write at least {ShortestKey} random bytes, the same for jobs-manager and "
                + "requests-proxy");
        return key;
    }

    /// <summary>LISTEN.</summary>
    public static IPEndPoint Listen(EnvironmentVariables variables, int port)
    {
        var everywhere = new IPEndPoint(IPAddress.Any, port);
        if (variables.Find(ListenName) is not { } text) return everywhere;
        if (ListenAddress.TryParse(text, out var address)) return address;
        variables.Add(ListenName, $"is \"{text}\"; write ADDRESS:PORT, for example 0.0.0.0:{port}");
        return everywhere;
    }
}
