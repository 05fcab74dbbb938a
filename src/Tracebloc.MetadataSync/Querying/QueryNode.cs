using System.Text.Json;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A value in the body of a query, with its path for messages.</summary>
/// <param name="Value">The value.</param>
/// <param name="Path">The members and places from the root; empty for the root.</param>
internal readonly record struct QueryNode(JsonElement Value, string Path)
{
    /// <summary>The members of an object, by their snake_case names; JSON of protobuf may write camelCase.</summary>
    /// <exception cref="QueryException">It is no object, or has a member that is not known.</exception>
    public IReadOnlyDictionary<string, QueryNode> Members(params IReadOnlyList<string> known)
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Wrong("is not an object");
        var members = new Dictionary<string, QueryNode>();
        foreach (var member in Value.EnumerateObject())
        {
            var name = SnakeCase.Of(member.Name);
            var node = new QueryNode(member.Value, Path.Length == 0 ? member.Name : $"{Path}.{member.Name}");
            if (!known.Contains(name))
                throw node.Wrong($"is not known here; the members are {string.Join(", ", known)}");
            if (!members.TryAdd(name, node)) throw node.Wrong("is there twice; write it once");
        }

        return members;
    }

    /// <exception cref="QueryException">It is no list, or a longer one.</exception>
    public IEnumerable<QueryNode> Items(int most)
    {
        if (Value.ValueKind != JsonValueKind.Array) throw Wrong("is not a list");
        if (Value.GetArrayLength() > most) throw Wrong($"has {Value.GetArrayLength()} items, and {most} are the most");
        var path = Path;
        return Value.EnumerateArray().Select((item, place) => new QueryNode(item, $"{path}[{place}]"));
    }

    /// <exception cref="QueryException">It is no text.</exception>
    public string Text() =>
        Value.ValueKind == JsonValueKind.String ? Value.GetString() ?? "" : throw Wrong("is not text");

    /// <summary>A text, a number or a truth value, as a selector writes it.</summary>
    /// <exception cref="QueryException">It is none of these.</exception>
    public string Scalar() => Value.ValueKind switch
    {
        JsonValueKind.String => Value.GetString() ?? "",
        JsonValueKind.Number => Value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Wrong("is not text, a number, true or false"),
    };

    /// <exception cref="QueryException">It is no whole number in the range.</exception>
    public int Number(int most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= 0 && number <= most
            ? number
            : throw Wrong($"is not a whole number from 0 to {most}");

    public QueryException Wrong(string fault) =>
        QueryException.BadRequest($"{(Path.Length == 0 ? "The body" : Path)} {fault}");
}
