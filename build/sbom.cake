using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

/// <summary>
/// What a published program consists of, as a CycloneDX document (https://cyclonedx.org/docs/1.6/json/): the packages
/// that NuGet restored for it, with NuGet's own hashes, the runtimes of .NET and ASP.NET, and Debian's packages of its
/// image. It holds no time and no serial number, so that the same program has the same document.
/// </summary>
public sealed class BillOfMaterials
{
    private readonly string subject;
    private readonly IReadOnlyList<(Restore Restore, JsonNode Assets)> restores;

    /// <param name="subject">What consists of it: an image, or a program that is released as files.</param>
    /// <param name="restores">What it was published from.</param>
    public BillOfMaterials(string subject, params IReadOnlyList<Restore> restores)
    {
        this.subject = subject;
        this.restores =
        [
            .. restores.Select(restore => (
                restore, JsonNode.Parse(System.IO.File.ReadAllText(restore.Record.FullPath)))),
        ];
    }

    /// <summary>Folders that scripts/debian-image.sh has made, and that the image holds.</summary>
    public IReadOnlyList<DirectoryPath> Layers { get; init; } = [];

    public void Write(FilePath file, string version)
    {
        var document = Document(version).ToJsonString(new() { WriteIndented = true });
        System.IO.File.WriteAllText(file.FullPath, document + "\n");
    }

    private JsonObject Document(string version) => new()
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["component"] = new JsonObject
            {
                ["type"] = "application",
                ["name"] = subject,
                ["version"] = version,
                ["licenses"] = Licence("Apache-2.0"),
            },
        },
        ["components"] = new JsonArray(
        [
            .. Packages().Concat(RuntimePacks()).Select(Component), .. Layers.SelectMany(DebianPackages),
        ]),
    };

    /// <summary>Those with something that runs: analyzers and build tasks do not ship.</summary>
    private IEnumerable<(string Name, string Version)> Packages() => restores
        .SelectMany(one => one.Assets["targets"].AsObject())
        .Where(target => target.Key.Contains('/'))
        .SelectMany(target => target.Value.AsObject())
        .Where(package => (string)package.Value["type"] == "package" && package.Value["runtime"] is not null)
        .Select(package => (package.Key.Split('/')[0], package.Key.Split('/')[1]))
        .Distinct();

    /// <summary>The runtimes that it holds, which NuGet downloads and does not count among the packages.</summary>
    private IEnumerable<(string Name, string Version)> RuntimePacks() =>
        from one in restores
        let framework = one.Assets["project"]["frameworks"]["net10.0"]
        // It downloads ASP.NET for every program.
        let references = framework["frameworkReferences"].AsObject().Select(reference => reference.Key)
        let held = references.SelectMany(one.Restore.PacksOf)
        from download in framework["downloadDependencies"].AsArray()
        where held.Contains((string)download["name"])
        select ((string)download["name"], ((string)download["version"]).Trim('[', ']').Split(',')[0]);

    private JsonObject Component((string Name, string Version) package)
    {
        var folder = $"{package.Name}/{package.Version}".ToLowerInvariant();
        var file = folder.Replace('/', '.');
        var hash = System.IO.File.ReadAllText(InPackages($"{folder}/{file}.nupkg.sha512"));
        return new JsonObject
        {
            ["type"] = "library",
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["purl"] = $"pkg:nuget/{package.Name}@{package.Version}",
            ["hashes"] = new JsonArray(new JsonObject
            {
                ["alg"] = "SHA-512",
                ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(hash)),
            }),
            ["licenses"] = LicenceOf(InPackages($"{folder}/{package.Name.ToLowerInvariant()}.nuspec")),
        };
    }

    private static IEnumerable<JsonObject> DebianPackages(DirectoryPath layer) =>
        from file in System.IO.Directory.GetFiles($"{layer}/var/lib/dpkg/status.d").Order(StringComparer.Ordinal)
        let fields = System.IO.File.ReadLines(file)
            .Where(line => line.Contains(": ")).ToLookup(line => line.Split(": ")[0], line => line.Split(": ", 2)[1])
        let name = fields["Package"].First()
        let version = fields["Version"].First()
        select new JsonObject
        {
            ["type"] = "library",
            ["name"] = name,
            ["version"] = version,
            ["purl"] = $"pkg:deb/debian/{name}@{Uri.EscapeDataString(version)}?arch={fields["Architecture"].First()}",
        };

    private string InPackages(string path) => restores
        .SelectMany(one => one.Assets["packageFolders"].AsObject())
        .Select(folder => folder.Key + path)
        .First(System.IO.File.Exists);

    private static JsonArray LicenceOf(string nuspec)
    {
        var elements = XDocument.Load(nuspec).Descendants().ToList();
        return elements.FirstOrDefault(element => element.Name.LocalName == "license") is { } licence
            && (string)licence.Attribute("type") == "expression"
                ? Licence(licence.Value)
                : throw new CakeException($"{nuspec} names no licence by its SPDX expression: look at it.");
    }

    private static JsonArray Licence(string expression) => new(new JsonObject { ["expression"] = expression });
}

/// <summary>A restore that a program was published from.</summary>
/// <param name="Record">NuGet's record of it.</param>
/// <param name="Runtimes">The runtimes that it was published for.</param>
/// <param name="CorePacks">The packages of .NET itself that end up in the program, without a runtime's name.</param>
public sealed record Restore(FilePath Record, IReadOnlyList<string> Runtimes, IReadOnlyList<string> CorePacks)
{
    /// <summary>The packages that a program holds of a framework, or is linked with.</summary>
    public IEnumerable<string> PacksOf(string framework) =>
        from pack in framework == "Microsoft.NETCore.App" ? CorePacks : [$"{framework}.Runtime"]
        from runtime in Runtimes
        select $"{pack}.{runtime}";
}
