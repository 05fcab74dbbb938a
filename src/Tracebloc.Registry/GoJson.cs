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
        from member in parent.EnumerateObject() where IsNamed(member.Name, name) select member.Value;

    /// <summary>True when a member has the name of a field.</summary>
    public static bool IsNamed(string member, string field) => member.Equals(field, StringComparison.OrdinalIgnoreCase);
}
