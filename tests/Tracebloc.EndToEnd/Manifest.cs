namespace Tracebloc.EndToEnd;

/// <summary>The texts in Manifests/, with what they name in capitals filled in.</summary>
internal static class Manifest
{
    public static string Read(string name, params IEnumerable<(string Name, string Value)> blanks) => blanks.Aggregate(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Manifests", $"{name}.yaml")),
        (text, blank) => text.Replace(blank.Name, blank.Value, StringComparison.Ordinal));
}
