using System.Runtime.InteropServices;

namespace Tracebloc.Processes;

/// <summary>Hides this process's memory and environment from other processes of the same user.</summary>
public static partial class ProcessShield
{
    // prctl(2)
    private const int GetDumpable = 3, SetDumpable = 4;

    /// <summary>
    /// Closes <c>/proc/PID/environ</c> and <c>mem</c> to all but root, and forbids tracing. Children are not hidden.
    /// </summary>
    /// <returns>True when the system has confirmed it; false on other systems than Linux.</returns>
    public static bool Raise() =>
        OperatingSystem.IsLinux() && Control(SetDumpable, 0) == 0 && Control(GetDumpable, 0) == 0;

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint argument);
}
