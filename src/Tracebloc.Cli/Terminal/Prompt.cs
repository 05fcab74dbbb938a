using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Cli.Terminal;

/// <summary>Asks a person. The end of the input is an answer too: it declines, which is null.</summary>
internal sealed class Prompt(System.IO.TextReader input, TextWriter output)
{
    /// <summary>Asks for a text until it is right.</summary>
    /// <param name="question">Without a colon.</param>
    /// <param name="fallback">The answer of an empty line; null: an empty line is no answer.</param>
    /// <param name="fault">The fault of an answer, to follow it; null for a good one.</param>
    /// <param name="token">Ends asking.</param>
    public async Task<string?> AskAsync(
        string question, string? fallback, Func<string, string?> fault, CancellationToken token)
    {
        while (true)
        {
            await output.WriteAsync(fallback is null ? $"{question}: " : $"{question} [{Escaped.Text(fallback)}]: ");
            await output.FlushAsync(token);
            if (await ReadAsync(token) is not { } line) return null;
            var answer = line.Trim() is { Length: > 0 } text ? text : fallback ?? "";
            var remark = answer.Length == 0 ? "is needed; answer, or end with Ctrl-D" : fault(answer);
            if (remark is null) return answer;
            await output.WriteLineAsync(
                Escaped.Text(answer.Length == 0 ? $"An answer {remark}" : $"\"{answer}\" {remark}"));
        }
    }

    /// <summary>Asks for one of some words, by the word or by its number.</summary>
    public async Task<string?> ChooseAsync(
        string question, IReadOnlyList<string> words, string? fallback, CancellationToken token)
    {
        foreach (var (at, word) in words.Index()) await output.WriteLineAsync($"  {at + 1}  {Escaped.Text(word)}");
        var answer = await AskAsync(question, fallback, Fault, token);
        return answer is null ? null : Meant(answer);

        string? Meant(string text) => words.FirstOrDefault(word => word == text)
            ?? (int.TryParse(text, out var number) && number > 0 && number <= words.Count ? words[number - 1] : null);

        string? Fault(string text) => Meant(text) is not null ? null
            : Suggestion.For(text, words) is { } meant ? $"is none of them; did you mean {meant}?"
            : $"is none of them; answer with a number of 1 to {words.Count}";
    }

    /// <summary>Asks for a yes or a no; an empty line is the fallback.</summary>
    public async Task<bool?> ConfirmAsync(string question, bool fallback, CancellationToken token)
    {
        var answer = await AskAsync($"{question} (yes or no)", fallback ? "yes" : "no", Fault, token);
        return answer is null ? null : IsYes(answer);

        static bool IsYes(string text) => text.ToUpperInvariant() is "Y" or "YES";

        static string? Fault(string text) =>
            IsYes(text) || text.ToUpperInvariant() is "N" or "NO" ? null : "is neither yes nor no";
    }

    /// <summary>A path as it was pasted: without quotes around it, and with the home folder for a tilde.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="home">The home folder.</param>
    public static string PathOf(string text, string home)
    {
        var path = text.Trim();
        if (path is ['"', .., '"'] or ['\'', .., '\''] && path.Length > 1) path = path[1..^1];
        return path == "~" ? home
            : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..])
            : path;
    }

    // Reading a line cannot be cancelled; at the end of the program nothing waits for it.
    private Task<string?> ReadAsync(CancellationToken token) => Task.Run(input.ReadLine, token).WaitAsync(token);
}
