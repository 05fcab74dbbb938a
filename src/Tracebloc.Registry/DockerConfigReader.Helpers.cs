using System.Text.Json;

namespace Tracebloc.Registry;

internal static partial class DockerConfigReader
{
    private static List<(string? Key, string Helper)> ReadHelpers(JsonElement root)
    {
        var found = new List<(string? Key, string Helper)>();
        if (root.TryGetProperty("credHelpers", out var helpers) && helpers.ValueKind != JsonValueKind.Null)
        {
            Demand(helpers, JsonValueKind.Object, "credHelpers");
            foreach (var entry in helpers.EnumerateObject())
                found.Add((entry.Name, HelperOf(entry.Value, $"credHelpers[\"{entry.Name}\"]")));
        }
        if (root.TryGetProperty("credsStore", out var store) && store.ValueKind != JsonValueKind.Null)
            found.Add((null, HelperOf(store, "credsStore")));
        return found;
    }

    // An empty name is how docker takes a host out of credsStore.
    private static string HelperOf(JsonElement value, string place)
    {
        Demand(value, JsonValueKind.String, place);
        var name = value.GetString() ?? "";
        return name.Length == 0 || CredentialStore.IsHelperName(name) ? name : throw new FormatException(
            $"{place} is no helper's name; write it as in docker-credential-NAME, of lower-case letters, digits and "
            + "dashes");
    }
}
