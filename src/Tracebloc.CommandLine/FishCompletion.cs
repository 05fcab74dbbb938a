using System.Text;

namespace Tracebloc.CommandLine;

/// <summary>Completion for fish, with a sentence about each word.</summary>
internal static class FishCompletion
{
    public static string Of(WordSyntax program)
    {
        var (name, places) = (program.Name, CompletionPlace.All(program));
        var script = new StringBuilder(
            $$"""
            # Completion of {{name}} for fish: {{name}} completion fish | source
            function __{{name}}_at
              set -l place ''
              set -l previous ''
              set -l typed (commandline -opc)
              for word in $typed[2..-1]
                switch "$place:$previous"
                  case {{Patterns(places.SelectMany(place => place.Values).Select(value => value.Typed))}}
                    set previous ''
                    continue
                end
                switch "$place/$word"

            """);
        foreach (var step in places.SelectMany(place => place.Steps).GroupBy(step => step.Path, step => step.Typed))
            script.Append($"      case {Patterns(step)}\n        set place {step.Key}\n");
        script.Append(
            $$"""
                end
                set previous $word
              end
              test "$place" = "$argv[1]"
            end
            complete -c {{name}} -f

            """);
        foreach (var place in places)
        {
            var at = $"complete -c {name} -n {Literal($"__{name}_at {Literal(place.Path)}")}";
            foreach (var (word, about) in place.Next)
                script.Append($"{at} -a {Literal(word)}{About(about)}\n");
            if (place.Word.Argument is { IsFile: true }) script.Append($"{at} -F\n");
            foreach (var option in place.Word.Options)
                script.Append($"{at}{string.Concat(option.Names.Select(Name))}{Value(option)}{About(option.About)}\n");
        }

        return script.ToString();
    }

    private static string Name(string name) => name.StartsWith("--", StringComparison.Ordinal)
        ? $" -l {name[2..]}"
        : $" -s {name[1..]}";

    private static string Value(OptionSyntax option) => option.Value switch
    {
        null => "",
        { IsFile: true } => " -r -F",
        { Words.Count: 0 } => " -x",
        var value => $" -x -a {Literal(string.Join(' ', value.Words))}",
    };

    private static string About(string about) => about.Length == 0 ? "" : $" -d {Literal(about)}";

    private static string Patterns(IEnumerable<string> typed) => string.Join(' ', typed.Select(Literal));

    private static string Literal(string text) => $"'{text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal)}'";
}
