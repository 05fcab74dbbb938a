using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>
/// Looks members up as Go's encoding/json fills a struct, and so as the kubelet and docker read their configuration: a
/// name matches in any case, the last of several counts, and null changes nothing.
/// </summary>
/// <seealso href="https://pkg.go.dev/encoding/json#Unmarshal"/>
internal static class GoJson
{
    /// <summary>All members of that name, in the order written.</summary>
    public static IEnumerable<JsonElement> All(JsonElement parent, string name) =>
        from member in parent.EnumerateObject() where IsNamed(NameOf(member), name) select member.Value;

    /// <summary>The name of a member.</summary>
    /// <exception cref="DockerConfigException">It is not valid Unicode.</exception>
    public static string NameOf(JsonProperty member) => Decode(() => member.Name);

    /// <summary>The text of a string.</summary>
    /// <exception cref="DockerConfigException">It is not valid Unicode.</exception>
    public static string TextOf(JsonElement value) => Decode(() => value.GetString() ?? "");

    /// <summary>True when a member has the name of a field.</summary>
    public static bool IsNamed(string member, string field) => member.Equals(field, StringComparison.OrdinalIgnoreCase);

    private static string Decode(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            throw new DockerConfigException("a text in it is not valid Unicode; save the file as UTF-8");
        }
    }
}
