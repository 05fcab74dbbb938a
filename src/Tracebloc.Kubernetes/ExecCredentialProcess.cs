using System.ComponentModel;
using System.Diagnostics;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>One run of a plugin. What it prints is secret, and what it complains of may quote that.</summary>
internal static class ExecCredentialProcess
{
    internal static async Task<string> RunAsync(
        ExecCredentialPlugin plugin, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(plugin.Timeout, time, cancellationToken);
        using var process = Start(plugin);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, deadline.Token);
            await Task.WhenAll(output, complaints, process.WaitForExitAsync(deadline.Token));
            // kubectl shows the complaints on its terminal; an exception's message ends up in reports as well.
            return process.ExitCode == 0 ? await output : throw new CredentialException(
                $"{plugin.Command} ended with {process.ExitCode}; run it by hand to see why");
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new CredentialException($"{plugin.Command} took longer than {plugin.Timeout.TotalSeconds:0.###} s");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ExecCredentialPlugin plugin)
    {
        var info = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in plugin.Arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in plugin.Environment) info.Environment[name] = value;
        if (plugin.ExecInfo is not null) info.Environment["KUBERNETES_EXEC_INFO"] = plugin.ExecInfo;
        info.FileName = Locate(plugin, info.Environment["PATH"]);
        try
        {
            return Process.Start(info) ?? throw Missing(plugin);
        }
        catch (Win32Exception e)
        {
            throw new CredentialException($"{info.FileName} cannot be run: {OneLine.Of(e.Message)}", e);
        }
    }

    // .NET would look into the current folder before PATH (and beside this program), which neither a shell nor
    // kubectl does.
    private static string Locate(ExecCredentialPlugin plugin, string? path)
    {
        if (Path.IsPathRooted(plugin.Command))
            return File.Exists(plugin.Command) ? plugin.Command : throw Missing(plugin);
        foreach (var folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var file = Path.Combine(folder, plugin.Command);
            if (File.Exists(file)) return file;
            if (OperatingSystem.IsWindows() && File.Exists(file + ".exe")) return file + ".exe";
        }

        throw Missing(plugin);
    }

    private static CredentialException Missing(ExecCredentialPlugin plugin)
    {
        var hint = plugin.InstallHint is null ? "install it, or choose another context"
            : OneLine.Of(plugin.InstallHint);
        return new($"there is no {plugin.Command}, which the kubeconfig asks for credentials: {hint}");
    }
}
