namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>Makes the profile of a program's start from what the JIT compiler says that it compiled.</summary>
/// <remarks>It lists an enumeration as the number that it is: what is constructed of one stays unprepared.</remarks>
internal static class Recording
{
    /// <summary>
    /// For the program to be recorded: code that was compiled before is left aside, so that all that is called is
    /// compiled, and listed in the file.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables(string list) => new Dictionary<string, string>
    {
        ["DOTNET_ReadyToRun"] = "0",
        ["DOTNET_JitStdOutFile"] = list,
        ["DOTNET_JitDisasmSummary"] = "1",
    };

    /// <param name="list">What the JIT compiler wrote.</param>
    /// <param name="assemblies">The folder of all that the program is made of, as trimmed.</param>
    public static (byte[] Profile, int Found, int Listed) Profile(IEnumerable<string> list, string assemblies)
    {
        using var index = AssemblyIndex.Read(assemblies);
        var builder = new ProfileBuilder(index);
        var (found, listed) = (0, 0);
        foreach (var line in list)
        {
            listed++;
            if (NamedMethod.TryParse(line) is { } method && builder.TryAdd(method))
                found++;
        }
        return (builder.Build(), found, listed);
    }
}
