using System.Text;

namespace Tracebloc.CommandLine;

/// <summary>Completion for zsh, with a sentence about each word.</summary>
internal static class ZshCompletion
{
    public static string Of(WordSyntax program)
    {
        var (name, places) = (program.Name, CompletionPlace.All(program));
        var script = new StringBuilder(
            $$"""
            #compdef {{name}}
            # Completion of {{name}} for zsh: source <({{name}} completion zsh), after compinit
            _{{name}}() {
              local current="${words[CURRENT]}" previous= place= word= at=
              local -a found
              for ((at = 2; at < CURRENT; at++)); do
                word="${words[at]}"
                case "$place:$previous" in
                  {{Pattern(places.SelectMany(place => place.Values).Select(value => value.Typed))}})
                    previous=; continue ;;
                esac
                case "$place/$word" in

            """);
        foreach (var step in places.SelectMany(place => place.Steps).GroupBy(step => step.Path, step => step.Typed))
            script.Append($"      {Pattern(step)}) place={step.Key} ;;\n");
        script.Append("    esac\n    previous=\"$word\"\n  done\n")
            .Append("  if [[ \"$current\" == --*=* ]]; then\n    previous=\"${current%%=*}\"\n")
            .Append("    compset -P '*='\n  fi\n  case \"$place:$previous\" in\n");
        foreach (var (typed, value) in places.SelectMany(place => place.Values))
            script.Append($"    {Quoted(typed)}) {Reply(value)}; return ;;\n");
        script.Append("  esac\n  case \"$place:$current\" in\n");
        foreach (var place in places)
            script.Append($"    {Quoted(place.Path + ":-")}*) {Words(place.Options)} ;;\n")
                .Append($"    {Quoted(place.Path + ":")}*) {Next(place)} ;;\n");
        return script.Append(
            $$"""
              esac
            }
            if [ "${funcstack[1]}" = "_{{name}}" ]; then _{{name}} "$@"; else compdef _{{name}} {{name}}; fi

            """).ToString();
    }

    private static string Next(CompletionPlace place) =>
        place.Next.Any() ? Words(place.Next)
        : place.Word.Argument is { IsFile: true } file ? Reply(file)
        : Words(place.Options);

    private static string Reply(ValueSyntax value) =>
        value.IsFile ? "_files" : Words(value.Words.Select(word => (word, "")));

    private static string Words(IEnumerable<(string Name, string About)> words) =>
        $"found=({string.Join(' ', words.Select(Described))}); _describe -V {Literal("word")} found";

    private static string Described((string Name, string About) word) =>
        Literal(word.About.Length > 0 ? $"{word.Name}:{word.About}" : word.Name);

    private static string Pattern(IEnumerable<string> typed) => string.Join('|', typed.Select(Quoted));

    private static string Quoted(string text) => $"\"{text}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
