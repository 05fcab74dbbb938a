using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Testing;

/// <summary>The environment that a script of scripts/ prints as exports.</summary>
public static class ScriptExports
{
    /// <param name="script">The script.</param>
    /// <param name="verb">Its verb with options: <c>env --mariadb</c>.</param>
    /// <param name="token">Ends the script.</param>
    /// <returns>The whole environment after the exports.</returns>
    public static async Task<Dictionary<string, string?>> ReadAsync(
        string script, string verb, CancellationToken token)
    {
        var printed = await Cli.Wrap("bash")
            .WithArguments(["-c", $"exports=$(\"$0\" {verb}) && eval \"$exports\" && env --null", script])
            .ExecuteBufferedAsync(token);
        return printed.StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], string? (pair) => pair[1]);
    }
}
