namespace Tracebloc.EndToEnd;

/// <summary>The command lines of pushes.</summary>
internal static class Pushes
{
    /// <param name="folder">Images that <see cref="LocalData"/> has made.</param>
    /// <param name="table">The table.</param>
    public static string[] Images(string folder, string table) =>
        Of(folder, table, "image_classification", label: "disease");

    /// <param name="file">Rows that <see cref="LocalData"/> has made.</param>
    /// <param name="table">The table.</param>
    public static string[] Rows(string file, string table) => Of(file, table, "tabular_regression", label: "price");

    /// <param name="folder">Texts that <see cref="LocalData"/> has made.</param>
    /// <param name="table">The table.</param>
    public static string[] Texts(string folder, string table) =>
        Of(folder, table, "text_classification", label: "label");

    /// <summary>The first command of docs/cli.md, word by word, where the sample lies beside this program.</summary>
    public static string[] FirstOfDocs
    {
        get
        {
            const string Program = "$ tracebloc ", Sample = "./cats-dogs";
            var page = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "cli.md"));
            var command = page.First(line => line.StartsWith(Program, StringComparison.Ordinal))[Program.Length..];
            var sample = Path.Combine(AppContext.BaseDirectory, "cats-dogs");
            return [.. command.Split(' ').Select(word => word == Sample ? sample : word)];
        }
    }

    private static string[] Of(string data, string table, string category, string label) =>
        ["dataset", "push", data, $"--table={table}", $"--category={category}", $"--label-column={label}"];
}
