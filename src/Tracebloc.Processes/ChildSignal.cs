using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tracebloc.Processes;

/// <summary>.NET can kill a process but not ask it to end.</summary>
internal static partial class ChildSignal
{
    private const int Sigterm = 15;

    public static void Terminate(Process child)
    {
        // It may have ended meanwhile, and is nobody's then.
        if (!OperatingSystem.IsWindows() && !child.HasExited) _ = Kill(child.Id, Sigterm);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
