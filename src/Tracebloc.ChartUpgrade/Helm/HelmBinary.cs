using Tracebloc.Configuration;
using Tracebloc.Net.Files;
using Tracebloc.Processes;

namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>The path of helm: <c>$HELM</c>, else the first on PATH.</summary>
internal static class HelmBinary
{
    /// <exception cref="ConfigurationException">There is none.</exception>
    public static string Find(Func<string, string?> variable)
    {
        if (variable("HELM") is { Length: > 0 } named)
            return File.Exists(UserPath.Resolve(named))
                ? named
                : throw Missing($"HELM names {named}, which does not exist");
        return ProgramPath.Find("helm", variable("PATH")) ?? throw Missing("there is no helm on PATH");
    }

    private static ConfigurationException Missing(string what) =>
        new($"{what}; install helm 3.14 or newer, or name its file by HELM");
}
