using Tracebloc.Net;
using Tracebloc.Processes;

namespace Tracebloc.Kubernetes;

/// <summary>One run of a plugin. Its output is secret, and its complaints may quote that.</summary>
internal static class ExecCredentialProcess
{
    // A certificate and its key are some kilobytes.
    private const int MaxOutput = 1024 * 1024;

    internal static async Task<string> RunAsync(
        ExecCredentialPlugin plugin, TimeProvider time, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?>(
            plugin.Environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
        if (plugin.ExecInfo is not null) environment["KUBERNETES_EXEC_INFO"] = plugin.ExecInfo;
        var path = environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
        var program = new ProgramRun(
            ProgramPath.Find(plugin.Command, path) ?? throw Missing(plugin), plugin.Arguments, plugin.Timeout)
        {
            Environment = environment,
            MaxOutput = MaxOutput,
        };
        try
        {
            return Output(plugin, await new ProgramRunner(time).RunAsync(program, cancellationToken));
        }
        catch (ProgramStartException e)
        {
            throw new CredentialException(Line.Of(e.Message), e);
        }
    }

    private static string Output(ExecCredentialPlugin plugin, ProgramResult result)
    {
        if (!result.InTime)
            throw new CredentialException($"{plugin.Command} took longer than {plugin.Timeout.TotalSeconds:0.###} s");
        // kubectl shows the complaints on its terminal; an exception's message ends up in reports as well.
        return result.ExitCode == 0 ? result.Output : throw new CredentialException(
            $"{plugin.Command} ended with {result.ExitCode}; run it by hand to see why");
    }

    private static CredentialException Missing(ExecCredentialPlugin plugin)
    {
        var hint = plugin.InstallHint is null ? "install it, or choose another context"
            : Line.Of(plugin.InstallHint);
        return new($"there is no {plugin.Command}, which the kubeconfig asks for credentials: {hint}");
    }
}
