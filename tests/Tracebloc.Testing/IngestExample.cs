namespace Tracebloc.Testing;

/// <summary>
/// A data set of <c>examples/ingest</c>. A faulty one is a sound one with some files replaced or added: those of its
/// folder <c>faulty-VALIDATOR</c>, beside the message in <c>expected.txt</c>.
/// </summary>
/// <param name="Category">The category, which is its folder.</param>
/// <param name="Fault">The validator that finds the fault; null for a sound data set.</param>
public sealed record IngestExample(string Category, string? Fault = null)
{
    private const string Faulty = "faulty-", Message = "expected.txt";

    /// <summary>The folder of all examples.</summary>
    public static string Root { get; } = Documents.Locate("examples/ingest");

    /// <summary>The sound ones, one for each category.</summary>
    public static IReadOnlyList<IngestExample> Sound { get; } =
    [
        .. Directory.GetDirectories(Root).Order(StringComparer.Ordinal)
            .Select(folder => new IngestExample(Path.GetFileName(folder))),
    ];

    /// <summary>The faulty ones.</summary>
    public static IReadOnlyList<IngestExample> WithFault { get; } =
    [
        .. from sound in Sound
           from folder in Directory.GetDirectories(sound.Folder, Faulty + "*").Order(StringComparer.Ordinal)
           select sound with { Fault = Path.GetFileName(folder)[Faulty.Length..] },
    ];

    /// <summary>The specification.</summary>
    public string Specification => Path.Combine(Folder, "ingest.yaml");

    /// <summary>The file of the lines that validation prints.</summary>
    public string MessageFile => Path.Combine(FaultFolder, Message);

    private string Folder => Path.Combine(Root, Category);

    private string FaultFolder => Path.Combine(Folder, Faulty + Fault);

    /// <summary>Puts the data set into a folder.</summary>
    public void CopyTo(string folder)
    {
        Copy(Folder, folder, file => !file.StartsWith(Faulty, StringComparison.Ordinal));
        if (Fault is not null) Copy(FaultFolder, folder, file => file != Message);
    }

    /// <summary>The name in a list of tests.</summary>
    public override string ToString() => Fault is null ? Category : $"{Category} {Fault}";

    private static void Copy(string from, string to, Func<string, bool> isMeant)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (!isMeant(name)) continue;
            Directory.CreateDirectory(Path.Combine(to, Path.GetDirectoryName(name) ?? ""));
            File.Copy(file, Path.Combine(to, name), overwrite: true);
        }
    }
}
