using System.Runtime.InteropServices;

namespace Tracebloc.Net;

/// <summary>
/// Keeps .NET from reading the system's authorities: it parses all of them, some 140, before the first chain, even one
/// with other roots only, which takes longer than the rest of a request. <see cref="ServerTrust"/> finds those that a
/// chain names.
/// </summary>
public static partial class RuntimeTrust
{
    // .NET ignores a file that is not regular, and a folder that is none.
    private const string Nowhere = "/dev/null";

    private static (string? File, string? Folder)? s_ofUser;

    /// <summary>
    /// To be called once, first thing in a program: another thread that reads the environment meanwhile could fail.
    /// The environment that .NET shows, and that child processes inherit, keeps its values.
    /// </summary>
    public static void KeepFromLoading()
    {
        if (!OperatingSystem.IsLinux() || s_ofUser is not null)
            return;
        _ = Environment.GetEnvironmentVariables(); // .NET copies the environment now, and uses its copy from here on
        s_ofUser = (
            Environment.GetEnvironmentVariable(SystemAuthorities.FileVariable),
            Environment.GetEnvironmentVariable(SystemAuthorities.FolderVariable));
        _ = SetVariable(SystemAuthorities.FileVariable, Nowhere, overwrite: 1);
        _ = SetVariable(SystemAuthorities.FolderVariable, Nowhere, overwrite: 1);
    }

    /// <summary>A variable as the process was started with.</summary>
    internal static string? Variable(string name) => s_ofUser is not { } values
        ? Environment.GetEnvironmentVariable(name)
        : name == SystemAuthorities.FileVariable ? values.File : values.Folder;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
