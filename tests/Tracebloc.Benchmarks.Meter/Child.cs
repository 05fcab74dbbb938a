using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tracebloc.Benchmarks.Meter;

/// <summary>Starts a process and waits for it by wait4(2), since System.Diagnostics.Process keeps no usage.</summary>
internal static unsafe partial class Child
{
    private const int StandardOutput = 1, StandardError = 2, InterruptedCall = 4;

    public static (int ExitCode, ResourceUsage Usage) Run(string[] command)
    {
        // glibc's posix_spawn_file_actions_t takes 80 bytes.
        var actions = stackalloc byte[256];
        Check(InitializeActions(actions));
        Check(AddDuplicate(actions, StandardError, StandardOutput));
        using var arguments = new CStrings(command);
        using var variables = new CStrings(Variables());
        Check(Spawn(out var id, command[0], actions, 0, arguments.Pointer, variables.Pointer));
        int status;
        ResourceUsage usage;
        while (Wait(id, out status, 0, out usage) < 0)
            if (Marshal.GetLastPInvokeError() is not InterruptedCall and var error)
                throw new Win32Exception(error);
        // As a shell has it: a signal ends with 128 and its number.
        var signal = status & 0x7f;
        return (signal == 0 ? (status >> 8) & 0xff : 128 + signal, usage);
    }

    private static IEnumerable<string> Variables()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            yield return $"{variable.Key}={variable.Value}";
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(byte* actions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(
        out int id, string file, byte* actions, nint attributes, byte** arguments, byte** variables);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait(int id, out int status, int options, out ResourceUsage usage);

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed class CStrings : IDisposable
    {
        private readonly List<nint> strings = [];

        public CStrings(IEnumerable<string> values)
        {
            strings.AddRange(values.Select(Marshal.StringToCoTaskMemUTF8));
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
            for (var i = 0; i < strings.Count; i++)
                Pointer[i] = (byte*)strings[i];
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            strings.ForEach(Marshal.FreeCoTaskMem);
            NativeMemory.Free(Pointer);
        }
    }
}
