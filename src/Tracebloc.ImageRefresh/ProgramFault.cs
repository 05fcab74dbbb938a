using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>What ends the program in the middle: the exit code for it, and what is said.</summary>
internal static class ProgramFault
{
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception, TextWriter error)
    {
        var code = CodeOf(exception);
        // A foreseen fault says what to do; of one that nobody foresaw, the developers want to see everything.
        error.WriteLine(code == ExitCode.Unexpected ? $"unexpected: {exception}" : exception.Message);
        return code;
    }

    private static int CodeOf(Exception exception) => exception switch
    {
        ConfigurationException or KubernetesConfigurationException => ExitCode.Usage,
        RegistryException => ExitCode.Registry,
        KubernetesException => ExitCode.Kubernetes,
        _ => ExitCode.Unexpected,
    };
}
