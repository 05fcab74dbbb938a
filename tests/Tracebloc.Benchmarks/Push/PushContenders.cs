using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap;

namespace Tracebloc.Benchmarks.Push;

/// <summary>
/// The ways to the volume: the command line from the look at the folder to the end of the run, and kubectl with tar.
/// Each run is for a table, or a folder, of its own.
/// </summary>
internal sealed partial class PushContenders(PushStage stage, PushParts parts)
{
    private const string Label = "label", Mount = "/data/shared";

    // Servers before 1.30 refuse kubectl's WebSocket, and what it has read of its input by then is lost.
    private static readonly Dictionary<string, string?> BySpdy = new()
    {
        ["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = "false",
    };

    /// <summary>
    /// A push of which the staging alone counts, as the push itself measures it: from the pod's readiness until the far
    /// side has confirmed that it holds every file, on its disk.
    /// </summary>
    public Contender Staging(PushSet set, string table) =>
        Push(PushScenario.Staging, set, table) with { Part = StagedMs };

    /// <summary>A whole push, by a user who has pushed nothing before.</summary>
    public Contender First(PushSet set, string table) => Push(PushScenario.First, set, table) with
    {
        Before = async token =>
        {
            Directory.CreateDirectory(Cache).Delete(recursive: true);
            await SettleAsync(token);
        },
    };

    /// <summary>The push of a table that is loaded.</summary>
    public Contender Again(PushSet set, string table) => Push(PushScenario.Again, set, table);

    /// <summary>tar here and tar in a pod, with kubectl between them.</summary>
    public Contender Exec(PushSet set, string name) => new(
        PushScenario.Exec,
        "sh", "-c", """folder=$1; shift; tar -c -f - -C "$folder" . | kubectl "$@" """, "sh", set.Folder,
        $"--kubeconfig={stage.KubeConfig}", $"--namespace={stage.Namespace}",
        "exec", "-i", PushManifest.Receiver, "--", "tar", "-x", "-f", "-", "-C", $"{Mount}/{name}")
    {
        Environment = BySpdy,
        Before = token => PrepareAsync(name, token),
        After = () => RequireSame(set.Folder, name),
    };

    /// <summary>kubectl cp, which does the same.</summary>
    public Contender Copy(PushSet set, string name) => new(
        PushScenario.Copy,
        "kubectl", $"--kubeconfig={stage.KubeConfig}", $"--namespace={stage.Namespace}",
        "cp", set.Folder, $"{PushManifest.Receiver}:{Mount}/{name}")
    {
        Environment = BySpdy,
        Before = token => PrepareAsync(name, token),
        After = () => RequireSame(set.Folder, name),
    };

    private string Cache => Path.Combine(stage.Scratch.FullName, "cache");

    private Contender Push(string name, PushSet set, string table) => new(
        name, parts.CommandLine, "dataset", "push", set.Folder,
        "--table", table, "--category", set.Category, "--label-column", Label,
        "--kubeconfig", stage.KubeConfig, "--namespace", stage.Namespace, "--no-input", "--output", "json")
    {
        Environment = new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = Cache },
        Before = SettleAsync,
    };

    private async Task PrepareAsync(string name, CancellationToken token)
    {
        stage.Make(name);
        await SettleAsync(token);
    }

    private void RequireSame(string folder, string name)
    {
        if (Bytes(stage[name]) is var found && Bytes(folder) is var expected && found != expected)
            throw new InvalidOperationException($"Folder {name} has {found} of {expected} bytes.");
    }

    private static long Bytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    // What the run before has left to be written must not be this one's work.
    private static async Task SettleAsync(CancellationToken token) => await Cli.Wrap("sync").ExecuteAsync(token);

    private static double StagedMs(string output) =>
        double.Parse(StagedSeconds().Match(output).Groups[1].Value, CultureInfo.InvariantCulture) * 1000;

    [GeneratedRegex("\"staged\": \\{[^}]*\"seconds\": ([0-9.]+)")]
    private static partial Regex StagedSeconds();
}
