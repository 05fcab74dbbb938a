using System.Text;

namespace Tracebloc.CommandLine;

/// <summary>Completion for bash. It needs no bash-completion, and splits <c>--option=value</c> as bash does.</summary>
internal static class BashCompletion
{
    public static string Of(WordSyntax program)
    {
        var (name, places) = (program.Name, CompletionPlace.All(program));
        var script = new StringBuilder(
            $$"""
            # Completion of {{name}} for bash: source <({{name}} completion bash)
            _{{name}}_files() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -f -- "$1"))
              compopt -o filenames 2>/dev/null
            }
            _{{name}}() {
              local current="${COMP_WORDS[COMP_CWORD]}" previous= place= word= at=
              [ "$current" = "=" ] && current=
              for ((at = 1; at < COMP_CWORD; at++)); do
                word="${COMP_WORDS[at]}"
                [ "$word" = "=" ] && continue
                case "$place:$previous" in
                  {{Pattern(places.SelectMany(place => place.Values).Select(value => value.Typed))}})
                    previous=; continue ;;
                esac
                case "$place/$word" in

            """);
        foreach (var step in places.SelectMany(place => place.Steps).GroupBy(step => step.Path, step => step.Typed))
            script.Append($"      {Pattern(step)}) place={step.Key} ;;\n");
        script.Append("    esac\n    previous=\"$word\"\n  done\n  case \"$place:$previous\" in\n");
        foreach (var (typed, value) in places.SelectMany(place => place.Values))
            script.Append($"    {Quoted(typed)}) {Reply(name, value)}; return ;;\n");
        script.Append("  esac\n  case \"$place:$current\" in\n");
        foreach (var place in places)
            script.Append($"    {Quoted(place.Path + ":-")}*) {Words(place.Options)} ;;\n")
                .Append($"    {Quoted(place.Path + ":")}*) {Next(name, place)} ;;\n");
        return script.Append($"  esac\n}}\ncomplete -F _{name} {name}\n").ToString();
    }

    private static string Next(string name, CompletionPlace place) =>
        place.Next.Any() ? Words(place.Next)
        : place.Word.Argument is { IsFile: true } file ? Reply(name, file)
        : Words(place.Options);

    private static string Reply(string name, ValueSyntax value) =>
        value.IsFile ? $"_{name}_files \"$current\"" : Words(value.Words.Select(word => (word, "")));

    private static string Words(IEnumerable<(string Name, string About)> words) =>
        $"COMPREPLY=($(compgen -W {Quoted(string.Join(' ', words.Select(word => word.Name)))} -- \"$current\"))";

    private static string Pattern(IEnumerable<string> typed) => string.Join('|', typed.Select(Quoted));

    private static string Quoted(string text) => $"\"{text}\"";
}
