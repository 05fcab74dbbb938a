using System.Reflection;

namespace Tracebloc.Cli;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    /// <summary>For example <c>1.2.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "";
}
