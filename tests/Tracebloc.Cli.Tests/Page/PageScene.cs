using System.Text.RegularExpressions;
using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.Cli.Tests.Pushing;
using Tracebloc.Testing;
using Tracebloc.Testing.JobsManager;

namespace Tracebloc.Cli.Tests.Page;

/// <summary>
/// A release, a folder with the examples, and a terminal: the commands of a part of docs/cli.md run there, and what the
/// terminal shows is compared with the page.
/// </summary>
internal sealed partial class PageScene : IAsyncDisposable
{
    private const string Prompt = "$ ", WithoutRemarks = " 2>/dev/null", ExitCode = "echo $?", Server =
        "https://k8s.example.com:6443";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("page-");
    private readonly ShownNames _names = new();
    private readonly PushScene _push;
    private int _code;

    private PageScene(PushScene push) => _push = push;

    public PushScene Push => _push;

    public FakeJobsManager Manager => _push.Manager;

    private string Typed => Path.GetRelativePath(Environment.CurrentDirectory, _folder.FullName);

    /// <summary>The lines that a person types at questions, over all commands.</summary>
    public Queue<string> Answers { get; } = [];

    /// <summary>Called when a push has sent so many bytes: the person presses Ctrl-C.</summary>
    public long? InterruptAfter { get; set; }

    public static async Task<PageScene> StartAsync(CancellationToken token)
    {
        var scene = new PageScene(await PushScene.StartAsync(token));
        scene._names.Add(scene._push.Api.Address.OriginalString, Server);
        // As typed, and as the program knows it.
        scene._names.Add($"{scene.Typed}/", "");
        scene._names.Add(scene._folder.FullName, "/home/me/client/examples");
        scene._names.Add(ProgramVersion.Text, "2.0.0");
        scene._names.Add(Scene.Digest, "sha256:1f8a…");
        scene._names.Add(SchemaMatch.OwnDigest, "sha256:5e0d…");
        await File.WriteAllTextAsync(
            scene._push.Scene.Kubeconfig,
            scene._push.Api.Kubeconfig.Replace("fake", "edge-7", StringComparison.Ordinal),
            token);
        Copy(Documents.Locate("examples/cats-dogs"), scene["cats-dogs"]);
        return scene;
    }

    /// <summary>The real path of something in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Adds a file to the folder.</summary>
    public void Add(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
    }

    /// <summary>Copies a file or a folder of the repository.</summary>
    public void Add(string name, string from)
    {
        if (Directory.Exists(Documents.Locate(from))) Copy(Documents.Locate(from), this[name]);
        else Add(name, File.ReadAllBytes(Documents.Locate(from)));
    }

    /// <summary>Runs the commands of a part of the page, and compares all of it.</summary>
    public async Task VerifyAsync(string part, CancellationToken token, string language = "")
    {
        var lines = new List<string>();
        foreach (var command in Commands(part))
        {
            lines.Add(command);
            var text = await ShowAsync(command[Prompt.Length..], token);
            if (text.Length > 0) lines.AddRange(_names.Show(text).TrimEnd('\n').Split('\n'));
        }

        MarkedPage.CommandLine.VerifyBlock(part, lines, language);
    }

    public async ValueTask DisposeAsync()
    {
        await _push.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<string> Commands(string part)
    {
        var lines = MarkedPage.CommandLine.Part(part).Split('\n');
        foreach (var (at, line) in lines.Index())
        {
            if (!line.StartsWith(Prompt, StringComparison.Ordinal)) continue;
            var end = at;
            while (lines[end].EndsWith('\\')) end++;
            yield return string.Join('\n', lines[at..(end + 1)]);
        }
    }

    private async Task<string> ShowAsync(string command, CancellationToken token)
    {
        if (command == ExitCode) return $"{_code}\n";
        var hasRemarks = !command.EndsWith(WithoutRemarks, StringComparison.Ordinal);
        var words = command.Replace(WithoutRemarks, "", StringComparison.Ordinal).Replace("\\\n", "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("tracebloc", words[0]);
        await using var screen = new StringWriter();
        var shared = TextWriter.Synchronized(screen);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (InterruptAfter is { } bytes) _push.When = (bytes, _ => Interrupt(shared, interruption));
        using var typed = new Typed(Answers, shared);
        var setup = new TerminalSetup
        {
            Input = typed,
            Output = shared,
            Error = hasRemarks ? shared : TextWriter.Null,
            IsInputTerminal = Answers.Count > 0,
            IsOutputTerminal = true,
            IsErrorTerminal = hasRemarks,
            Variable = name => name switch
            {
                "KUBECONFIG" => _push.Scene.Kubeconfig,
                "NO_COLOR" => "1",
                _ => null,
            },
        };
        _code = await PushScene.RunAsync(setup, [.. words[1..].Select(Real)], interruption.Token);
        return Progress().Replace(screen.ToString(), "");
    }

    private void Interrupt(TextWriter screen, CancellationTokenSource interruption)
    {
        InterruptAfter = null;
        screen.WriteLine("\r\u001b[K^C");
        interruption.Cancel();
    }

    private string Real(string word)
    {
        return word[0] != '-' && Path.Exists(this[word]) ? $"{Typed}/{word}" : _names.Reveal(word);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    // A line that is written over is gone in the end.
    [GeneratedRegex(@"\r\u001b\[K([^\r\n]*(?=\r\u001b\[K))?")]
    private static partial Regex Progress();
}
