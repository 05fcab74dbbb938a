using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Verbs;

/// <summary>The scripts in the shells themselves. zsh and fish are used where they are installed.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Zsh = "/usr/bin/zsh", Fish = "/usr/bin/fish";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("completion-");

    public static TheoryData<string, string> Lines => new()
    {
        { "tracebloc ", "cluster completion dataset doctor ingest login version" },
        { "tracebloc in", "ingest" },
        { "tracebloc ingest ", "init validate" },
        { "tracebloc ingest init --ta", "--table --target-size" },
        { "tracebloc ingest init --output ", "json text" },
        { "tracebloc ingest init -o j", "json" },
        { "tracebloc ingest init --intent=t", "test train" },
        { "tracebloc ingest init --category tabular", "tabular_classification tabular_regression" },
        { "tracebloc ingest init --table ingest --category tabular_c", "tabular_classification" },
        { "tracebloc ingest init --table ", "" },
        { "tracebloc ingest validate --da", "--data" },
        { "tracebloc ingest validate ing", "ingest.yaml" },
        { "tracebloc ingest validate --data ing", "ingest.yaml" },
        { "tracebloc completion ", "bash fish powershell zsh" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bash_completes(string line, string words) => Assert.Equal(words, await RunAsync(
        "/usr/bin/bash",
        "bash",
        $$"""
        COMP_LINE='{{line}}'
        words="${COMP_LINE//=/ = }"
        eval "COMP_WORDS=($words)"
        case "$COMP_LINE" in *' ') COMP_WORDS+=('') ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _tracebloc
        printf '%s\n' "${COMPREPLY[@]}"
        """));

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_completes(string line, string words)
    {
        Assert.SkipUnless(File.Exists(Zsh), $"{Zsh} is not installed.");
        // The builtins of completion work in a widget alone; what they are given is what counts.
        Assert.Equal(words, await RunAsync(
            Zsh,
            "zsh",
            $$$"""
            _describe() { print -l -- "${(@)${(P)${@[-1]}}%%:*}" }
            _files() { print -l -- ing* }
            compset() { current="${current#*=}" }
            words=(${(z)${:-'{{{line}}}'}})
            [[ '{{{line}}}' == *' ' ]] && words+=('')
            CURRENT=${#words}
            typed="${words[CURRENT]#*=}"
            _tracebloc | grep -e "^$typed"
            """,
            before: "compdef() { : }"));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Fish_completes(string line, string words)
    {
        Assert.SkipUnless(File.Exists(Fish), $"{Fish} is not installed.");
        Assert.Equal(words, await RunAsync(
            Fish, "fish", $"complete -C'{line}' | string replace -r '\\t.*' '' | string replace -r '^--[a-z]+=' ''"));
    }

    [Fact]
    public async Task Powershell_has_every_word()
    {
        var script = await ScriptAsync("powershell");

        Assert.Contains("    '/ingest/init:--output' = @('text', 'json')\n", script);
        Assert.Contains("    '/ingest' = @('init', 'validate')\n", script);
        Assert.Contains("    '/completion' = @('bash', 'zsh', 'fish', 'powershell')\n", script);
        Assert.Equal(script.Count(letter => letter == '{'), script.Count(letter => letter == '}'));
    }

    private static async Task<string> ScriptAsync(string shell)
    {
        using var terminal = new FakeTerminal();
        Assert.Equal(0, await terminal.RunAsync("completion", shell));
        return terminal.Output;
    }

    private async Task<string> RunAsync(string program, string shell, string commands, string before = "")
    {
        var script = Path.Combine(_folder.FullName, "script");
        await File.WriteAllTextAsync(script, $"{before}\n{await ScriptAsync(shell)}\n{commands}\n", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "ingest.yaml"), "", Cancelled);
        var result = await ChildProgram.Start(
            "/bin/sh", ["-c", $"cd '{_folder.FullName}' && exec {program} script"],
            [("PATH", "/usr/bin:/bin"), ("HOME", _folder.FullName), ("TERM", "dumb")], Cancelled).Result;
        Assert.Equal("", result.Error);
        return string.Join(
            ' ',
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal));
    }
}
