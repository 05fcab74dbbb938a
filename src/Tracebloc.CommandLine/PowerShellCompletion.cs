using System.Text;

namespace Tracebloc.CommandLine;

/// <summary>Completion for PowerShell. Without an answer of the script, PowerShell completes paths.</summary>
internal static class PowerShellCompletion
{
    public static string Of(WordSyntax program)
    {
        var (name, places) = (program.Name, CompletionPlace.All(program));
        var script = new StringBuilder(
            $$"""
            # Completion of {{name}} for PowerShell: {{name}} completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName {{Literal(name)}} -ScriptBlock {
              param($current, $commandAst, $cursor)
              $steps = @{

            """);
        foreach (var (typed, path) in places.SelectMany(place => place.Steps))
            script.Append($"    {Literal(typed)} = {Literal(path)}\n");
        script.Append("  }\n  $values = @{\n");
        foreach (var (typed, value) in places.SelectMany(place => place.Values))
            script.Append($"    {Literal(typed)} = @({Words(value.Words)})\n");
        script.Append("  }\n  $next = @{\n");
        foreach (var place in places)
            script.Append($"    {Literal(place.Path)} = @({Words(Next(place))})\n");
        script.Append("  }\n  $options = @{\n");
        foreach (var place in places)
            script.Append($"    {Literal(place.Path)} = @({Words(place.Options.Select(option => option.Name))})\n");
        return script.Append(
            """
              }
              $place = ''
              $previous = ''
              foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
                if ($element.Extent.EndOffset -ge $cursor) { break }
                $word = $element.Extent.Text
                if ($values.ContainsKey("${place}:$previous")) { $previous = ''; continue }
                if ($steps.ContainsKey("$place/$word")) { $place = $steps["$place/$word"] }
                $previous = $word
              }
              $words = if ($values.ContainsKey("${place}:$previous")) { $values["${place}:$previous"] }
                elseif ($current -like '-*') { $options[$place] }
                else { $next[$place] }
              $words | Where-Object { $_ -like "$current*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """).ToString();
    }

    private static IEnumerable<string> Next(CompletionPlace place) =>
        place.Next.Any() ? place.Next.Select(word => word.Name)
        : place.Word.Argument is { IsFile: true } ? []
        : place.Options.Select(option => option.Name);

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(Literal));

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
