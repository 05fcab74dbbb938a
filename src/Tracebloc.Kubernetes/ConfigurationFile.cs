using Tracebloc.Configuration;
using Tracebloc.Net.Files;

namespace Tracebloc.Kubernetes;

/// <summary>Reads a file that the configuration names; a failure names the file.</summary>
internal static class ConfigurationFile
{
    internal static string Read(string path)
    {
        try
        {
            return File.ReadAllText(UserPath.Resolve(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException(path, null, null, FileFault.Describe(path, e), e);
        }
    }
}
