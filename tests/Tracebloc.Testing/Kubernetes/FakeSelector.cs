using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Label and field selectors, in the forms that the API server takes.</summary>
internal sealed class FakeSelector(string? labels, string? fields)
{
    private readonly List<Func<JsonObject, bool>> _conditions =
        [.. Split(labels).Select(Label), .. Split(fields).Select(Field)];

    /// <summary>The name, where the selector allows one only; RBAC's <c>resourceNames</c> go by it.</summary>
    internal string? Name { get; } = Split(fields)
        .Where(term => term.StartsWith("metadata.name=", StringComparison.Ordinal))
        .Select(term => term[(term.LastIndexOf('=') + 1)..]).FirstOrDefault();

    internal bool Matches(FakeObject item) => _conditions.TrueForAll(condition => condition(item.Body));

    private static Func<JsonObject, bool> Label(string term)
    {
        if (term.Contains(" in (", StringComparison.Ordinal) || term.Contains(" notin (", StringComparison.Ordinal))
        {
            var words = term.Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
            var values = words.Skip(2).ToHashSet();
            return body => values.Contains(Value(body, words[0]) ?? "") == (words[1] == "in");
        }

        var (name, differs, value) = Compare(term);
        if (value is not null) return body => (Value(body, name) == value) != differs;
        return term.StartsWith('!') ? body => Value(body, term[1..]) is null : body => Value(body, term) is not null;
    }

    private static string? Value(JsonObject body, string label) => (string?)body["metadata"]?["labels"]?[label];

    private static Func<JsonObject, bool> Field(string term)
    {
        var (path, differs, value) = Compare(term);
        if (path is not ("metadata.name" or "metadata.namespace" or "status.phase" or "spec.nodeName" or "type"))
            throw FakeStatusException.BadRequest(
                $"\"{path}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        return body => (
            (string?)path.Split('.').Aggregate((JsonNode?)body, (at, step) => at?[step]) == value) != differs;
    }

    private static (string Name, bool Differs, string? Value) Compare(string term)
    {
        var at = term.IndexOf('=', StringComparison.Ordinal);
        if (at < 0) return (term, false, null);
        var differs = term[at - 1] == '!';
        return (term[..(differs ? at - 1 : at)].Trim(), differs, term[(at + 1)..].TrimStart('=').Trim());
    }

    // Commas also separate the values of "in (a, b)".
    private static IEnumerable<string> Split(string? selector)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < selector?.Length; i++)
        {
            depth += selector[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (selector[i] != ',' || depth > 0) continue;
            yield return selector[start..i].Trim();
            start = i + 1;
        }

        if (selector is { Length: > 0 }) yield return selector[start..].Trim();
    }
}
